import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { cellEvents } from '@voltledger/contracts';
import { CLOCK, type Environment, type ServiceDefinition } from '@voltledger/platform';
import { AdmitStationHandler } from './commands/admit-station';
import { AnnounceDeparturesHandler } from './commands/announce-departures';
import { AnswerBootHandler } from './commands/answer-boot';
import { AnswerHeartbeatHandler } from './commands/answer-heartbeat';
import { AnswerVendorDataHandler } from './commands/answer-vendor-data';
import { AuthorizeTokenHandler } from './commands/authorize-token';
import { BuryGatewaysHandler } from './commands/bury-gateways';
import { CallStationHandler } from './commands/call-station';
import { CommandAnswers } from './commands/command-answers';
import { ConnectStationHandler } from './commands/connect-station';
import { DeleteStationHandler } from './commands/delete-station';
import { DisconnectStationHandler } from './commands/disconnect-station';
import { FinishCallsHandler } from './commands/finish-calls';
import { KeepNoticeHandler } from './commands/keep-notice';
import { LiveRecords } from './commands/live-records';
import { LostCalls } from './commands/lost-calls';
import { MoveStationHandler, NoteHomeHandler } from './commands/move-station';
import { OrderStationHandler } from './commands/order-station';
import { OrphanKeeper } from './commands/orphan-keeper';
import { RecordMeterValuesHandler } from './commands/record-meter-values';
import { RecordStatusesHandler } from './commands/record-status';
import { RecordTransactionHandler } from './commands/record-transaction';
import { RecoverGatewayHandler } from './commands/recover-gateway';
import { ReviewHeldHandler } from './commands/review-held';
import { SaveLocationHandler } from './commands/save-location';
import { SaveStationHandler } from './commands/save-station';
import { ServeMailboxHandler } from './commands/serve-mailbox';
import { TakeVerdictHandler } from './commands/take-verdict';
import { TokenJudge } from './commands/token-judge';
import { TransactionLookup } from './commands/transaction-lookup';
import { TransactionReporter } from './commands/transaction-reporter';
import { GATEWAY_CONFIG, readConfig, settings } from './config';
import { CallAnswering } from './inbound/call-answering';
import { CellEventsConsumer } from './inbound/cell-events.consumer';
import { CONNECTION_SETTINGS, connectionSettings } from './inbound/connection-settings';
import { DeparturesWorker } from './inbound/departures.worker';
import { FrameJournal } from './inbound/frame-journal';
import { HTTP_STATUSES } from './inbound/http-statuses';
import { LocationsController } from './inbound/locations.controller';
import { MailboxWorker } from './inbound/mailbox.worker';
import { PresenceWorker } from './inbound/presence.worker';
import { RecordedAnswers } from './inbound/recorded-answers';
import { ReportDispatch } from './inbound/report-dispatch';
import { StationCommandsConsumer } from './inbound/station-commands.consumer';
import { StationConnections } from './inbound/station-connections';
import { StationHistoryController } from './inbound/station-history.controller';
import { StationServer } from './inbound/station-server';
import { StationTurns } from './inbound/station-turns';
import { StationUpgrades } from './inbound/station-upgrades';
import { StationsController } from './inbound/stations.controller';
import { migrations } from './migrations';
import { AuthorizationDesk } from './outbound/authorization-desk';
import { CallsUnderWay } from './outbound/calls-under-way';
import { Credentials } from './outbound/credentials';
import { EvseStatuses } from './outbound/evse-statuses';
import { LiveStations } from './outbound/live-stations';
import { StationCaller } from './outbound/station-caller';
import { StationEvents } from './outbound/station-events';
import { StationRegistry } from './outbound/station-registry';
import { StationReports } from './outbound/station-reports';
import { ThisGateway } from './outbound/this-gateway';
import { LocationViews } from './projections/location-views';
import { StationHistory } from './projections/station-history';
import { StationViews } from './projections/station-views';

/** Knows the port that was bound. */
export { StationServer };

const commands: Provider[] = [
  AdmitStationHandler,
  AnnounceDeparturesHandler,
  AnswerBootHandler,
  AnswerHeartbeatHandler,
  AnswerVendorDataHandler,
  AuthorizeTokenHandler,
  BuryGatewaysHandler,
  CallStationHandler,
  CommandAnswers,
  ConnectStationHandler,
  DeleteStationHandler,
  DisconnectStationHandler,
  FinishCallsHandler,
  KeepNoticeHandler,
  LiveRecords,
  LostCalls,
  MoveStationHandler,
  NoteHomeHandler,
  OrderStationHandler,
  OrphanKeeper,
  RecordMeterValuesHandler,
  RecordStatusesHandler,
  RecordTransactionHandler,
  RecoverGatewayHandler,
  ReviewHeldHandler,
  SaveLocationHandler,
  SaveStationHandler,
  ServeMailboxHandler,
  TakeVerdictHandler,
  TokenJudge,
  TransactionLookup,
  TransactionReporter,
];

const inbound: Provider[] = [
  CallAnswering,
  CellEventsConsumer,
  DeparturesWorker,
  FrameJournal,
  MailboxWorker,
  PresenceWorker,
  RecordedAnswers,
  ReportDispatch,
  StationCommandsConsumer,
  StationConnections,
  StationServer,
  StationTurns,
  StationUpgrades,
];

const outbound: Provider[] = [
  AuthorizationDesk,
  CallsUnderWay,
  Credentials,
  EvseStatuses,
  LiveStations,
  StationCaller,
  StationEvents,
  StationRegistry,
  StationReports,
  ThisGateway,
];

const projections: Provider[] = [LocationViews, StationHistory, StationViews];

@Module({})
export class OcppGatewayModule {}

const moduleFor = (environment: Environment): DynamicModule => ({
  module: OcppGatewayModule,
  controllers: [LocationsController, StationsController, StationHistoryController],
  providers: [
    { provide: GATEWAY_CONFIG, useValue: readConfig(environment) },
    {
      provide: CONNECTION_SETTINGS,
      useFactory: connectionSettings,
      inject: [GATEWAY_CONFIG, CLOCK],
    },
    ...commands,
    ...inbound,
    ...outbound,
    ...projections,
  ],
});

/** Where stations connect; owns stations, locations, and what connects them. */
export const ocppGatewayService: ServiceDefinition = {
  name: 'ocpp-gateway',
  migrations,
  httpStatuses: HTTP_STATUSES,
  settings,
  replicates: [cellEvents.name],
  module: moduleFor,
};
