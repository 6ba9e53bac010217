import { Inject } from '@nestjs/common';
import { tariffEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PartnerTariffs } from '../projections/partner-tariffs';
import { PROJECTIONS } from '../projections/rebuildable';

@Consumer()
export class PartnerTariffsConsumer implements TopicConsumer {
  constructor(@Inject(PartnerTariffs) private readonly tariffs: PartnerTariffs) {}

  readonly subscription = consuming(
    PROJECTIONS.tariffs.group,
    on(tariffEvents, (message, tx) => this.tariffs.project(message, tx)),
  );
}
