import { type CdrEventEnvelope, cdrEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { entryFor } from './ledger-entry';
import { post } from './ledger.table';
import { PROJECTIONS } from './rebuildable';

/** Posts what happens to CDRs into the books, each event once. */
@Consumer()
export class LedgerProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.ledger.group,
    on(cdrEvents, (message, tx) => this.hear(message, tx)),
  );

  private async hear(message: CdrEventEnvelope, tx: Transaction): Promise<void> {
    const entry = entryFor(message);
    if (entry) await post(tx, entry);
  }
}
