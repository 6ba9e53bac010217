import { subjectEvents } from '@voltledger/contracts';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { keepServiceDone } from './erasures.table';

/** Which services have erased whom. */
@Consumer()
export class ErasuresProjector implements TopicConsumer {
  readonly subscription = consuming(
    'billing.erasing-services',
    on(subjectEvents, async ({ event }, tx) => {
      if (event.type === 'RowsErased') await keepServiceDone(tx, event.data);
    }),
  );
}
