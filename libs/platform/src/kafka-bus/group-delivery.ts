import { type GroupSubscription, UnreadableMessage } from '@voltledger/kernel';
import { type PgTransaction } from '../database';
import { type Reports } from '../telemetry';
import { countGap, countRepeated } from './kafka-metrics';
import { type KafkaEntry } from './kafka-record';
import { type OriginDraft, type Origins } from './origins';

/** Brings each record to the group's handler once, and says so when one is missing. */
export class GroupDelivery {
  private readonly drafts = new WeakMap<PgTransaction, OriginDraft>();

  constructor(
    private readonly subscription: GroupSubscription,
    private readonly origins: Origins,
    private readonly reports: Reports,
  ) {}

  async deliver(entry: KafkaEntry, tx: PgTransaction): Promise<void> {
    const { group, handle } = this.subscription;
    const arrival = this.draftOf(tx).note(entry);
    if (arrival === 'repeat') {
      countRepeated(group);
      return;
    }
    if (arrival === 'after a gap') this.reportGap(entry);
    if (entry.unreadable !== undefined) throw new UnreadableMessage(entry.unreadable);
    await handle(entry.message, tx);
  }

  private draftOf(tx: PgTransaction): OriginDraft {
    const draft = this.drafts.get(tx) ?? this.origins.begin();
    this.drafts.set(tx, draft);
    return draft;
  }

  private reportGap({ topic, partition, position, origin, message }: KafkaEntry): void {
    const { group } = this.subscription;
    countGap(group);
    this.reports.report(new Error(`messages before this one never came: ${topic}`), {
      work: group,
      correlationId: message.correlationId,
      facts: { message: message.id, place: `${topic}/${partition}/${position}`, origin },
    });
  }
}
