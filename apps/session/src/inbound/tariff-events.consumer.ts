import { CommandBus } from '@nestjs/cqrs';
import { type TariffEventEnvelope, tariffEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PriceSession } from '../commands/price-session';
import { causeOf } from './cause-of';

/** What the tariff service says about sessions. */
@Consumer()
export class TariffEventsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'session.tariff-events',
    on(tariffEvents, (message) => this.receive(message)),
  );

  constructor(private readonly commands: CommandBus) {}

  private async receive(message: TariffEventEnvelope): Promise<void> {
    const { event } = message;
    // The others are not part of the session's story: billing reads them itself.
    if (event.type === 'TariffSelected')
      await this.commands.execute(
        new PriceSession({ type: 'AttachTariff', ...event.data }, causeOf(message)),
      );
    if (event.type === 'SessionPriced')
      await this.commands.execute(
        new PriceSession({ type: 'RecordCost', ...event.data }, causeOf(message)),
      );
  }
}
