import { type CdrEventEnvelope, cdrEvents, cellEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { type RegionCdr, keepGroupCdr, keepHome } from './group-cdrs.table';
import { PROJECTIONS } from './rebuildable';

/** One row per CDR of every region. A region that is away is missing, and nobody else's row waits. */
@Consumer()
export class GroupCdrsProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.cdrs.group,
    on(cdrEvents, (message, tx) => this.hear(message, tx)),
    on(cellEvents, ({ event }, tx) => keepHome(tx, event.data)),
  );

  private async hear(message: CdrEventEnvelope, tx: Transaction): Promise<void> {
    const heard = regionCdr(message);
    if (heard) await keepGroupCdr(tx, heard);
  }
}

function regionCdr({ id, region, event }: CdrEventEnvelope): RegionCdr | undefined {
  if (event.type === 'CdrIssued') return { region, eventId: id, ...event.data };
  if (event.type !== 'CdrCredited') return undefined;
  const { credit: cdr, seal } = event.data;
  return { region, eventId: id, cdr, seal };
}
