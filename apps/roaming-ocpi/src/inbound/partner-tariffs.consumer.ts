import { Inject } from '@nestjs/common';
import { tariffEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PartnerTariffs } from '../projections/partner-tariffs';
import { GROUPS } from '../projections/rebuilds';

@Consumer()
export class PartnerTariffsConsumer implements TopicConsumer {
  constructor(@Inject(PartnerTariffs) private readonly tariffs: PartnerTariffs) {}

  readonly subscription = consuming(
    GROUPS.tariffs,
    on(tariffEvents, (message, tx) => this.tariffs.project(message, tx)),
  );
}
