import { Inject } from '@nestjs/common';
import { locationEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PartnerLocations } from '../projections/partner-locations';
import { PROJECTIONS } from '../projections/rebuildable';

@Consumer()
export class PartnerLocationsConsumer implements TopicConsumer {
  constructor(@Inject(PartnerLocations) private readonly locations: PartnerLocations) {}

  readonly subscription = consuming(
    PROJECTIONS.locations.group,
    on(locationEvents, (message, tx) => this.locations.project(message, tx)),
  );
}
