import { type Migration } from '@voltledger/platform';

export const calls: Migration = {
  name: 'ocpp-gateway/004-calls',
  up: [
    // Every call of ours to a station (OCPP-J-CMD-01), and the mailbox between gateways.
    `create table ocpp_gateway.calls (
       call_id uuid primary key,
       station_id text not null,
       action text not null,
       payload json not null,
       -- The gateway that held the station when it was asked.
       instance text not null,
       -- 'asked', 'sent', 'done'
       state text not null,
       -- Set for commands from the bus: their outcome is published.
       command_id uuid,
       asked_at timestamptz not null,
       until timestamptz not null,
       sent_at timestamptz,
       done_at timestamptz,
       outcome json
     )`,
    `create index calls_waiting on ocpp_gateway.calls (instance, asked_at) where state <> 'done'`,
    `create index calls_of_station on ocpp_gateway.calls (station_id, asked_at desc)`,
    `create unique index calls_command on ocpp_gateway.calls (command_id)
       where command_id is not null`,
  ],
};
