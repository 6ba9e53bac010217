import { Inject } from '@nestjs/common';
import { cdrEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PartnerCdrs } from '../projections/partner-cdrs';
import { PROJECTIONS } from '../projections/rebuildable';

@Consumer()
export class PartnerCdrsConsumer implements TopicConsumer {
  constructor(@Inject(PartnerCdrs) private readonly cdrs: PartnerCdrs) {}

  readonly subscription = consuming(
    PROJECTIONS.cdrs.group,
    on(cdrEvents, (message, tx) => this.cdrs.project(message, tx)),
  );
}
