import { Module } from '@nestjs/common';
import { type ServiceDefinition, rebuildsController } from '@voltledger/platform';
import { FrozenTerms } from './commands/frozen-terms';
import { PreviewRatingHandler } from './commands/preview-rating';
import { PriceSessionHandler } from './commands/price-session';
import { PublishTariffHandler, WithdrawTariffHandler } from './commands/publish-tariff';
import { SessionPricer } from './commands/session-pricer';
import { TellDuePricesHandler } from './commands/tell-due-prices';
import { CONFIG, readConfig } from './config';
import { DuePricesWorker } from './inbound/due-prices.worker';
import { HTTP_STATUSES } from './inbound/http-statuses';
import { RatingPreviewController } from './inbound/rating-preview.controller';
import { SessionEventsConsumer } from './inbound/session-events.consumer';
import { TariffsController } from './inbound/tariffs.controller';
import { migrations } from './migrations';
import { PROJECTIONS } from './projections/rebuildable';
import { SessionMessages } from './outbound/session-messages';
import { TariffEventsPublication } from './outbound/tariff-events.publication';
import { TariffsProjector } from './projections/tariffs.projector';

@Module({
  controllers: [
    ...[RatingPreviewController, TariffsController],
    rebuildsController({ path: 'tariff/projections', projections: PROJECTIONS }),
  ],
  providers: [
    ...[PriceSessionHandler, TellDuePricesHandler, PublishTariffHandler, WithdrawTariffHandler],
    ...[PreviewRatingHandler, SessionPricer, FrozenTerms, SessionMessages, TariffEventsPublication],
    ...[SessionEventsConsumer, DuePricesWorker, TariffsProjector],
  ],
})
export class TariffModule {}

/** Tariffs, and what sessions cost by them: while they last, and for good. */
export const tariffService: ServiceDefinition = {
  name: 'tariff',
  migrations,
  httpStatuses: HTTP_STATUSES,
  module: (environment) => ({
    module: TariffModule,
    providers: [{ provide: CONFIG, useValue: readConfig(environment) }],
  }),
};
