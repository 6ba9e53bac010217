import { Module } from '@nestjs/common';
import { type ServiceDefinition, rebuildsController } from '@voltledger/platform';
import { CdrIssuer } from './commands/cdr-issuer';
import { CreditCdrHandler } from './commands/credit-cdr';
import { EraseSubject } from './outbound/erase-subject';
import { JudgeReleaseHandler } from './commands/judge-release';
import { OpenDisputeHandler } from './commands/open-dispute';
import { ReissueCdrHandler } from './commands/reissue-cdr';
import { ReleaseCdrHandler } from './commands/release-cdr';
import { ResolveDisputeHandler } from './commands/resolve-dispute';
import { SettleSessionHandler } from './commands/settle-session';
import { CONFIG, readConfig, settings } from './config';
import { CdrsController } from './inbound/cdrs.controller';
import { DisputesController } from './inbound/disputes.controller';
import { ErasuresController } from './inbound/erasures.controller';
import { ErasuresWorker } from './outbound/erasures.worker';
import { HeldCdrsController } from './inbound/held-cdrs.controller';
import { HTTP_STATUSES } from './inbound/http-statuses';
import { LedgerController } from './inbound/ledger.controller';
import { Settlement } from './inbound/settlement';
import { SettlementWorker } from './inbound/settlement.worker';
import { StoryForgettingWorker } from './inbound/story-forgetting.worker';
import { StoryController } from './inbound/story.controller';
import { migrations } from './migrations';
import { PROJECTIONS } from './projections/rebuildable';
import { CdrChain } from './outbound/cdr-chain';
import { CdrEventsPublication } from './outbound/cdr-events.publication';
import { CdrsProjector } from './projections/cdrs.projector';
import { ChargeableSessionsProjector } from './projections/chargeable-sessions.projector';
import { ErasuresProjector } from './projections/erasures.projector';
import { LedgerProjector } from './projections/ledger.projector';
import { StoryProjector } from './projections/story.projector';

@Module({
  controllers: [
    ...[CdrsController, HeldCdrsController, DisputesController, LedgerController, StoryController],
    ErasuresController,
    rebuildsController({ path: 'billing/projections', projections: PROJECTIONS }),
  ],
  providers: [
    ...[SettleSessionHandler, ReleaseCdrHandler, CreditCdrHandler, ReissueCdrHandler],
    ...[JudgeReleaseHandler, OpenDisputeHandler, ResolveDisputeHandler],
    ...[CdrIssuer, CdrChain, CdrEventsPublication],
    ...[Settlement, SettlementWorker],
    ...[ChargeableSessionsProjector, CdrsProjector, LedgerProjector],
    ...[StoryProjector, StoryForgettingWorker],
    ...[EraseSubject, ErasuresProjector, ErasuresWorker],
  ],
})
export class BillingModule {}

/** CDRs: issued, held, credited, chained; and the ledger they are booked in. */
export const billingService: ServiceDefinition = {
  name: 'billing',
  migrations,
  httpStatuses: HTTP_STATUSES,
  settings,
  personalTables: {
    sealed: ['billing.cdr_chain', 'billing.cdrs', 'billing.erasures'],
    emptied: { 'billing.chargeable_sessions': ['token_hash'] },
  },
  module: (environment) => ({
    module: BillingModule,
    providers: [{ provide: CONFIG, useValue: readConfig(environment) }],
  }),
};
