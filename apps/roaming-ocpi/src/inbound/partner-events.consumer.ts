import { Inject } from '@nestjs/common';
import { type PartnerEventEnvelope, partnerEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PartnerProjector } from '../projections/partner-projector';

/** Whatever a command did not get round to before it was cut short. */
@Consumer()
export class PartnerEventsConsumer implements TopicConsumer {
  constructor(@Inject(PartnerProjector) private readonly projector: PartnerProjector) {}

  readonly subscription = consuming(
    'roaming-ocpi.partners',
    on(partnerEvents, (message, tx) => this.receive(message, tx)),
  );

  private async receive(message: PartnerEventEnvelope, tx: Transaction): Promise<void> {
    const { revision } = message;
    if (revision === undefined) throw new Error(`${message.id} has no revision`);
    await this.projector.project({ ...message, revision }, tx);
  }
}
