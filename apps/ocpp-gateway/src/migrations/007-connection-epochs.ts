import { type Migration } from '@voltledger/platform';

export const connectionEpochs: Migration = {
  name: 'ocpp-gateway/007-connection-epochs',
  up: [
    // Counts up with every connection a station takes; never the same twice, also after a station
    // was deleted and made again.
    `create sequence ocpp_gateway.connection_epochs`,
    `alter table ocpp_gateway.connections
       add column epoch bigint not null default nextval('ocpp_gateway.connection_epochs')`,
  ],
};
