import {
  type GroupSubscription,
  type Message,
  type Transaction,
  UnreadableMessage,
} from '@voltledger/kernel';
import { type Connections, type PgTransaction } from '../database';
import { park } from './parked-messages';
import { type Partition } from './publisher';

/** The group was given to another member, or set back: what was done here is undone. */
export class OffsetMoved extends Error {
  override readonly name = 'OffsetMoved';
}

interface Stored extends Message {
  readonly position: number;
}

const BATCH_MAX = 100;

const FETCH = `select position, topic, key, id, type, schema_version as "schemaVersion", data,
    causation_id as "causationId", correlation_id as "correlationId", tenant, region,
    recorded_at as "recordedAt", revision
  from bus.messages where topic = $1 and partition = $2 and position > $3
  order by position limit ${BATCH_MAX}`;

const MOVE = `update bus.offsets set position = $5
  where group_name = $1 and topic = $2 and partition = $3 and position = $4 and owner = $6
  returning 1 as moved`;

/** Reads one partition for one group: handler's work and offset in one transaction. */
export class PartitionReader {
  constructor(
    private readonly database: Connections,
    private readonly subscription: GroupSubscription,
    readonly partition: Partition,
    private readonly owner: string,
    private position: number,
  ) {}

  /** Goes on from another place than where it stopped: the group was set back. */
  goOnFrom(position: number): void {
    this.position = position;
  }

  /**
   * Takes what is there, at most one batch.
   *
   * @returns whether there may be more.
   * @throws whatever the handler threw, with everything before that message done and kept.
   */
  async readOn(): Promise<boolean> {
    const { topic, partition } = this.partition;
    const batch = await this.database.prepared<Stored>('bus.fetch', FETCH, [
      topic,
      partition,
      this.position,
    ]);
    if (batch.length === 0) return false;
    if (!(await this.together(batch))) for (const message of batch) await this.alone(message);
    return batch.length === BATCH_MAX;
  }

  /** The fast way: one transaction for the whole batch. */
  private async together(batch: readonly Stored[]): Promise<boolean> {
    if (batch.length === 1) return false;
    try {
      await this.past(batch.at(-1), async (tx) => {
        for (const message of batch) await this.subscription.handle(message, tx);
      });
      return true;
    } catch (error) {
      if (error instanceof OffsetMoved) throw error;
      // One of them fails: the slow way finds out which, and keeps the others.
      return false;
    }
  }

  private async alone(message: Stored): Promise<void> {
    try {
      await this.past(message, (tx) => this.subscription.handle(message, tx));
    } catch (error) {
      if (!(error instanceof UnreadableMessage)) throw error;
      const { position: _position, ...parked } = message;
      const { group } = this.subscription;
      await this.past(message, (tx) => park(tx, group, error.message, parked));
    }
  }

  private async past(
    last: Stored | undefined,
    work: (tx: Transaction) => Promise<void>,
  ): Promise<void> {
    if (!last) return;
    await this.database.pgTransaction(async (tx) => {
      await work(tx);
      // After whatever the work publishes with this transaction, and alone when it did nothing.
      tx.beforeCommit(this, () => this.move(tx, last.position));
    });
    this.position = last.position;
  }

  private async move(tx: PgTransaction, to: number): Promise<void> {
    const { topic, partition } = this.partition;
    const { group } = this.subscription;
    const moved = await tx.preparedLast('bus.move', MOVE, [
      group,
      topic,
      partition,
      this.position,
      to,
      this.owner,
    ]);
    if (moved.length === 0) throw new OffsetMoved(`${group} lost ${topic}/${partition}`);
  }
}
