import { CommandBus } from '@nestjs/cqrs';
import { type SessionEventEnvelope, sessionEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PriceSession, type PricingEvent } from '../commands/price-session';

const PRICING: ReadonlySet<string> = new Set<PricingEvent['type']>([
  'SessionStarted',
  'SessionPlaced',
  'TariffAttached',
  'MeterValueRecorded',
  'ChargingStateChanged',
  'SessionEnded',
  'SessionClosedByEstimate',
]);

/** Sessions as they go on: chooses their tariff, prices them while they last, rates them after. */
@Consumer()
export class SessionEventsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'tariff.session-prices',
    on(sessionEvents, (message, tx) => this.receive(message, tx)),
  );

  constructor(private readonly commands: CommandBus) {}

  private async receive({ event, ...message }: SessionEventEnvelope, tx: Transaction) {
    if (asksForPrice(event)) await this.commands.execute(new PriceSession(event, message, tx));
  }
}

const asksForPrice = (event: SessionEventEnvelope['event']): event is PricingEvent =>
  PRICING.has(event.type);
