import { Inject } from '@nestjs/common';
import { locationEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PartnerLocations } from '../projections/partner-locations';
import { GROUPS } from '../projections/rebuilds';

@Consumer()
export class PartnerLocationsConsumer implements TopicConsumer {
  constructor(@Inject(PartnerLocations) private readonly locations: PartnerLocations) {}

  readonly subscription = consuming(
    GROUPS.locations,
    on(locationEvents, (message, tx) => this.locations.project(message, tx)),
  );
}
