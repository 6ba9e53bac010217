import { Module } from '@nestjs/common';
import { cdrEvents, cellEvents } from '@voltledger/contracts';
import { type ServiceDefinition, rebuildsController } from '@voltledger/platform';
import { GroupCdrsController } from './inbound/group-cdrs.controller';
import { migrations } from './migrations';
import { GroupCdrsProjector } from './projections/group-cdrs.projector';
import { PROJECTIONS } from './projections/rebuildable';

@Module({
  controllers: [
    GroupCdrsController,
    rebuildsController({ path: 'finance/projections', projections: PROJECTIONS }),
  ],
  providers: [GroupCdrsProjector],
})
export class FinanceModule {}

/** The group's view over the CDRs of every region. It reads; what it finds wrong is put right there. */
export const financeService: ServiceDefinition = {
  name: 'finance',
  migrations,
  replicates: [cellEvents.name, cdrEvents.name],
  module: () => ({ module: FinanceModule }),
};
