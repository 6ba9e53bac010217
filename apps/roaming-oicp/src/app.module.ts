import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import {
  DATABASE,
  type Database,
  type Environment,
  PushQueue,
  type ServiceDefinition,
  pushesController,
  rebuildsController,
} from '@voltledger/platform';
import { Certificates } from './certificates';
import { RequestFullLoadHandler } from './commands/request-full-load';
import { StartRemotelyHandler } from './commands/start-remotely';
import { StopRemotelyHandler } from './commands/stop-remotely';
import { CONNECTION, connectionOf, readConfig, settings } from './config';
import { AuthorizationRequestsConsumer } from './inbound/authorization-requests.consumer';
import { ChargeRecordsController } from './inbound/charge-records.controller';
import { ConnectionController } from './inbound/connection.controller';
import { EvsesController } from './inbound/evses.controller';
import { ExchangesController } from './inbound/exchanges.controller';
import { HTTP_STATUSES } from './inbound/http-statuses';
import { OicpListener } from './inbound/oicp-listener';
import { OicpRequests } from './inbound/oicp-requests';
import { RemoteDispatch } from './inbound/remote-dispatch';
import { UnconnectedConsumer } from './inbound/unconnected.consumer';
import { migrations } from './migrations';
import { AuthorizationAnswers } from './outbound/authorization-answers';
import { AuthorizationQuestion } from './outbound/authorization-question';
import { AuthorizationsWorker } from './outbound/authorizations.worker';
import { Broker } from './outbound/broker';
import { CallLimiter } from './outbound/call-limiter';
import { CertificateExpiryWorker } from './outbound/certificate-expiry.worker';
import { ChargeRecordDelivery } from './outbound/charge-record.delivery';
import { Deliveries } from './outbound/deliveries';
import { EvseDataDelivery } from './outbound/evse-data.delivery';
import { EvseStatusDelivery } from './outbound/evse-status.delivery';
import { ExchangeLog } from './outbound/exchange-log';
import { ForgettingWorker } from './outbound/forgetting.worker';
import { FullLoadsWorker } from './outbound/full-loads.worker';
import { NotificationDelivery } from './outbound/notification.delivery';
import { OicpPushWorker } from './outbound/push.worker';
import { RemainingChanges } from './outbound/remaining-changes';
import { RemoteStarting } from './outbound/remote-starting';
import { RemoteStopping } from './outbound/remote-stopping';
import { SessionNews } from './outbound/session-news';
import { StoppableSessions } from './outbound/stoppable-sessions';
import { UnusedAuthorizationsWorker } from './outbound/unused-authorizations.worker';
import { Authorizations } from './projections/authorizations';
import { BrokerMirror } from './projections/broker-mirror';
import { ChargeRecords } from './projections/charge-records';
import { ChargeRecordsProjector } from './projections/charge-records.projector';
import { ConnectionState } from './projections/connection-state';
import { Evses } from './projections/evses';
import { EvsesProjector } from './projections/evses.projector';
import { Exchanges } from './projections/exchanges';
import { FaultNotifications } from './projections/fault-notifications';
import { FullLoads } from './projections/full-loads';
import { PROJECTIONS } from './projections/rebuildable';
import { RemoteAnswersProjector } from './projections/remote-answers.projector';
import { RemoteStarts } from './projections/remote-starts';
import { RemoteStops } from './projections/remote-stops';
import { RoamingMessages } from './projections/roaming-messages';
import { Sessions } from './projections/sessions';
import { SessionsProjector } from './projections/sessions.projector';
import { UnkeptStarts } from './projections/unkept-starts';

const SCHEMA = 'roaming_oicp';

const tables: Provider[] = [
  Authorizations,
  BrokerMirror,
  ChargeRecords,
  ConnectionState,
  Evses,
  Exchanges,
  FullLoads,
  RemoteStarts,
  RemoteStops,
  RoamingMessages,
  Sessions,
  {
    provide: PushQueue,
    useFactory: (database: Database) => new PushQueue(database, SCHEMA),
    inject: [DATABASE],
  },
];

const projectors: Provider[] = [
  ChargeRecordsProjector,
  EvsesProjector,
  FaultNotifications,
  RemoteAnswersProjector,
  SessionsProjector,
  UnkeptStarts,
];

const outbound: Provider[] = [
  AuthorizationAnswers,
  AuthorizationQuestion,
  AuthorizationsWorker,
  Broker,
  CallLimiter,
  CertificateExpiryWorker,
  Certificates,
  ChargeRecordDelivery,
  Deliveries,
  EvseDataDelivery,
  EvseStatusDelivery,
  ExchangeLog,
  ForgettingWorker,
  FullLoadsWorker,
  NotificationDelivery,
  OicpPushWorker,
  RemainingChanges,
  RemoteStarting,
  RemoteStopping,
  SessionNews,
  StoppableSessions,
  UnusedAuthorizationsWorker,
];

const inbound: Provider[] = [
  AuthorizationRequestsConsumer,
  OicpListener,
  OicpRequests,
  RemoteDispatch,
  RequestFullLoadHandler,
  StartRemotelyHandler,
  StopRemotelyHandler,
];

@Module({})
export class RoamingOicpModule {}

/** Without OICP_BASE_URL there is no Hubject: unknown tokens are unknown, and that is all. */
function moduleFor(environment: Environment): DynamicModule {
  const config = readConfig(environment);
  if (config.OICP_BASE_URL === undefined)
    return { module: RoamingOicpModule, providers: [RoamingMessages, UnconnectedConsumer] };
  return {
    module: RoamingOicpModule,
    controllers: [
      ChargeRecordsController,
      ConnectionController,
      EvsesController,
      ExchangesController,
      pushesController({ path: 'oicp/pushes', schema: SCHEMA }),
      rebuildsController({ path: 'oicp/projections', projections: PROJECTIONS }),
    ],
    providers: [
      { provide: CONNECTION, useValue: connectionOf(config) },
      ...tables,
      ...projectors,
      ...outbound,
      ...inbound,
    ],
  };
}

export const roamingOicpService: ServiceDefinition = {
  name: 'roaming-oicp',
  migrations,
  httpStatuses: HTTP_STATUSES,
  settings,
  module: moduleFor,
};
