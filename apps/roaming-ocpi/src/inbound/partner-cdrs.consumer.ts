import { Inject } from '@nestjs/common';
import { cdrEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PartnerCdrs } from '../projections/partner-cdrs';
import { GROUPS } from '../projections/rebuilds';

@Consumer()
export class PartnerCdrsConsumer implements TopicConsumer {
  constructor(@Inject(PartnerCdrs) private readonly cdrs: PartnerCdrs) {}

  readonly subscription = consuming(
    GROUPS.cdrs,
    on(cdrEvents, (message, tx) => this.cdrs.project(message, tx)),
  );
}
