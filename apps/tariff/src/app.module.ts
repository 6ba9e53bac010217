import { Module } from '@nestjs/common';
import { type ServiceDefinition, rebuildsController } from '@voltledger/platform';
import { AnswerReratingHandler } from './commands/answer-rerating';
import { FrozenTerms } from './commands/frozen-terms';
import { PastSessionReader } from './commands/past-session';
import { PreviewRatingHandler } from './commands/preview-rating';
import { PriceSessionHandler } from './commands/price-session';
import { PublishTariffHandler, WithdrawTariffHandler } from './commands/publish-tariff';
import { RefreshReratingHandler } from './commands/refresh-rerating';
import { RepricingPass } from './commands/repricing-pass';
import { JudgeReratingHandler, RequestReratingHandler } from './commands/request-rerating';
import { ReratingBatch } from './commands/rerating-batch';
import { ReratedSessions } from './commands/rerated-sessions';
import { Reratings } from './commands/reratings';
import { SessionPricer } from './commands/session-pricer';
import { CancelSimulationHandler, SimulateTariffHandler } from './commands/simulate-tariff';
import { TellDuePricesHandler } from './commands/tell-due-prices';
import { WorkOnReratingsHandler } from './commands/work-on-reratings';
import { ForgetSimulationsHandler, WorkOnSimulationsHandler } from './commands/work-on-simulations';
import { CONFIG, readConfig, settings } from './config';
import { DuePricesWorker } from './inbound/due-prices.worker';
import { HTTP_STATUSES } from './inbound/http-statuses';
import { RatingPreviewController } from './inbound/rating-preview.controller';
import { RepricingWorker } from './inbound/repricing.worker';
import { ReratingsConsumer } from './inbound/reratings.consumer';
import { ReratingsController } from './inbound/reratings.controller';
import { SessionEventsConsumer } from './inbound/session-events.consumer';
import { SimulationsController } from './inbound/simulations.controller';
import { TariffsController } from './inbound/tariffs.controller';
import { migrations } from './migrations';
import { PROJECTIONS } from './projections/rebuildable';
import { SessionMessages } from './outbound/session-messages';
import { TariffEventsPublication } from './outbound/tariff-events.publication';
import { TariffsProjector } from './projections/tariffs.projector';

@Module({
  controllers: [
    ...[RatingPreviewController, SimulationsController, ReratingsController, TariffsController],
    rebuildsController({ path: 'tariff/projections', projections: PROJECTIONS }),
  ],
  providers: [
    ...[PriceSessionHandler, TellDuePricesHandler, PublishTariffHandler, WithdrawTariffHandler],
    ...[PreviewRatingHandler, SessionPricer, FrozenTerms, SessionMessages, TariffEventsPublication],
    ...[SessionEventsConsumer, DuePricesWorker, TariffsProjector],
    ...[PastSessionReader, RepricingPass, RepricingWorker, ReratingsConsumer],
    ...[SimulateTariffHandler, CancelSimulationHandler, WorkOnSimulationsHandler],
    ...[ForgetSimulationsHandler, RequestReratingHandler, JudgeReratingHandler],
    ...[WorkOnReratingsHandler, RefreshReratingHandler, AnswerReratingHandler],
    ...[ReratedSessions, ReratingBatch, Reratings],
  ],
})
export class TariffModule {}

/** Tariffs, and what sessions cost by them: while they last, and for good. */
export const tariffService: ServiceDefinition = {
  name: 'tariff',
  migrations,
  httpStatuses: HTTP_STATUSES,
  settings,
  module: (environment) => ({
    module: TariffModule,
    providers: [{ provide: CONFIG, useValue: readConfig(environment) }],
  }),
};
