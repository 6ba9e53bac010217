import { Module } from '@nestjs/common';
import { type ServiceDefinition, rebuildsController } from '@voltledger/platform';
import { AskForReportsHandler } from './commands/ask-for-reports';
import { AuthorizeTokenHandler } from './commands/authorize-token';
import { Authorizer } from './commands/authorizer';
import { ExamineSignedDataHandler } from './commands/examine-signed-data';
import { ExpireStartHandler } from './commands/expire-start';
import { ExportSignedDataHandler } from './commands/export-signed-data';
import { KeptRecords } from './commands/kept-records';
import { NoteStatusHandler } from './commands/note-status';
import { OpenSessionKeeper } from './commands/open-session-keeper';
import { OperatorStartHandler } from './commands/operator-start';
import { PriceSessionHandler } from './commands/price-session';
import { RecordCommandAnswerHandler } from './commands/record-command-answer';
import { RefuseStopHandler } from './commands/refuse-stop';
import { RequestStartHandler } from './commands/request-start';
import { RequestStopHandler } from './commands/request-stop';
import { SettleAuthorizationHandler } from './commands/settle-authorization';
import { ShowStartHandler } from './commands/show-start';
import { StopUnwantedHandler } from './commands/stop-unwanted';
import { SignedDataExaminer } from './commands/signed-data-examiner';
import { Streams } from './commands/streams';
import { TakeOpenReportsHandler } from './commands/take-open-reports';
import { TakeReportHandler } from './commands/take-report';
import { TendSessionHandler } from './commands/tend-session';
import { CONFIG, readConfig, settings } from './config';
import { CellEventsConsumer } from './inbound/cell-events.consumer';
import { DeadlinesWorker } from './inbound/deadlines.worker';
import { HTTP_STATUSES } from './inbound/http-statuses';
import { LocationEventsConsumer } from './inbound/location-events.consumer';
import { OpenQuestionsWorker } from './inbound/open-questions.worker';
import { MetersController } from './inbound/meters.controller';
import { OpenSessionsWorker } from './inbound/open-sessions.worker';
import { OrphansController } from './inbound/orphans.controller';
import { RegionFence } from './inbound/region-fence';
import { RoamingEventsConsumer } from './inbound/roaming-events.consumer';
import { SessionsController } from './inbound/sessions.controller';
import { SignedDataController } from './inbound/signed-data.controller';
import { StartsController } from './inbound/starts.controller';
import { StationEventsConsumer } from './inbound/station-events.consumer';
import { TariffEventsConsumer } from './inbound/tariff-events.consumer';
import { TokensController } from './inbound/tokens.controller';
import { TracesWorker } from './inbound/traces.worker';
import { migrations } from './migrations';
import { SessionEventsPublication } from './outbound/session-events.publication';
import { PROJECTIONS } from './projections/rebuildable';
import { SessionsProjector } from './projections/sessions.projector';

@Module({
  controllers: [
    ...[SessionsController, StartsController, OrphansController, TokensController],
    ...[MetersController, SignedDataController],
    rebuildsController({ path: 'session/projections', projections: PROJECTIONS }),
  ],
  providers: [
    ...[Streams, Authorizer, OpenSessionKeeper, SignedDataExaminer, KeptRecords],
    ...[ExamineSignedDataHandler, ExportSignedDataHandler],
    ...[TakeReportHandler, NoteStatusHandler, RecordCommandAnswerHandler, TendSessionHandler],
    ...[AuthorizeTokenHandler, SettleAuthorizationHandler, PriceSessionHandler],
    ...[RequestStartHandler, OperatorStartHandler, ExpireStartHandler, ShowStartHandler],
    ...[RequestStopHandler, RefuseStopHandler, StopUnwantedHandler],
    ...[AskForReportsHandler, TakeOpenReportsHandler, OpenQuestionsWorker, TracesWorker],
    ...[StationEventsConsumer, TariffEventsConsumer, RoamingEventsConsumer],
    ...[RegionFence, CellEventsConsumer],
    ...[LocationEventsConsumer, DeadlinesWorker, OpenSessionsWorker],
    ...[SessionEventsPublication, SessionsProjector],
  ],
})
export class SessionModule {}

/** Charging sessions from first report to proven end; tokens, authorizations, remote starts. */
export const sessionService: ServiceDefinition = {
  name: 'session',
  migrations,
  httpStatuses: HTTP_STATUSES,
  settings,
  personalTables: { deleted: ['session.tokens'] },
  module: (environment) => ({
    module: SessionModule,
    providers: [{ provide: CONFIG, useValue: readConfig(environment) }],
  }),
};
