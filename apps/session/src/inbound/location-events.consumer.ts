import { type LocationEventEnvelope, locationEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { keepEvses } from '../tables/evses';

/** Remembers our EVSEs, so that a remote start finds its station. */
@Consumer()
export class LocationEventsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'session.evses',
    on(locationEvents, (message, tx) => this.receive(message, tx)),
  );

  private async receive({ event }: LocationEventEnvelope, tx: Transaction): Promise<void> {
    if (event.type === 'LocationChanged') await keepEvses(tx, event.data.location);
  }
}
