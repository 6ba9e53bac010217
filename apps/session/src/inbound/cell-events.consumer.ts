import { cellEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { keepHome } from '../tables/station-homes';

/** Where stations are at home, for the fence around those that left. */
@Consumer()
export class CellEventsConsumer implements TopicConsumer {
  readonly subscription = consuming(
    'session.station-homes',
    on(cellEvents, ({ event }, tx) => keepHome(tx, event.data)),
  );
}
