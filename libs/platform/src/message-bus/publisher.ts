import { type OutgoingMessage, type Transaction } from '@voltledger/kernel';
import { type Connections, PgTransaction } from '../database';
import { partitionOf } from './partition-of';

/** A part of the log that has news. */
export interface Partition {
  readonly topic: string;
  readonly partition: number;
}

interface Waiting {
  readonly messages: readonly OutgoingMessage[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

const APPEND = 'select bus.append($1::jsonb)';
/** Messages in one append. */
const BATCH_MAX = 500;
/** Messages waiting in this process; above it, publishing is refused instead of eating memory. */
const WAITING_MAX = 50_000;

/** Appends to the log. Those who publish at the same time share one transaction. */
export class Publisher {
  private readonly pending = new WeakMap<PgTransaction, OutgoingMessage[]>();
  private waiting: Waiting[] = [];
  private waitingMessages = 0;
  private flushing = 0;

  constructor(
    private readonly database: Connections,
    private readonly news: (partitions: readonly Partition[]) => void,
    /** Appends under way at once. Two keep the disk busy while the next batch gathers. */
    private readonly lanes = 2,
  ) {}

  publish(messages: readonly OutgoingMessage[], tx?: Transaction): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    if (tx) {
      this.withTransaction(messages, tx);
      return Promise.resolve();
    }
    if (this.waitingMessages >= WAITING_MAX)
      return Promise.reject(new Error(`${WAITING_MAX} messages wait for the bus; try again later`));
    return new Promise((done, failed) => {
      this.waiting.push({ messages, done, failed });
      this.waitingMessages += messages.length;
      // Whoever publishes in this turn of the event loop comes along.
      if (this.flushing < this.lanes) setImmediate(() => void this.flush());
    });
  }

  /** Appended just before the commit: the heads' locks are held for as short as can be. */
  private withTransaction(messages: readonly OutgoingMessage[], tx: Transaction): void {
    if (!(tx instanceof PgTransaction))
      throw new Error('this bus can only publish in transactions of its own database');
    const gathered = this.pending.get(tx);
    if (gathered) {
      gathered.push(...messages);
      return;
    }
    const all = [...messages];
    this.pending.set(tx, all);
    tx.beforeCommit(this, async () => {
      await tx.prepared('bus.append', APPEND, [rowsOf(all)]);
    });
    tx.afterCommit(() => {
      this.news(partitionsOf(all));
    });
  }

  private async flush(): Promise<void> {
    if (this.flushing >= this.lanes || this.waiting.length === 0) return;
    this.flushing += 1;
    const batch = this.nextBatch();
    const messages = batch.flatMap((each) => each.messages);
    try {
      await this.database.prepared('bus.append', APPEND, [rowsOf(messages)]);
      for (const { done } of batch) done();
      this.news(partitionsOf(messages));
    } catch (error) {
      for (const { failed } of batch) failed(error);
    } finally {
      this.flushing -= 1;
    }
    if (this.waiting.length > 0) await this.flush();
  }

  private nextBatch(): Waiting[] {
    let count = 0;
    let end = 0;
    while (end < this.waiting.length && count < BATCH_MAX) {
      count += this.waiting[end]?.messages.length ?? 0;
      end += 1;
    }
    this.waitingMessages -= count;
    return this.waiting.splice(0, end);
  }
}

const rowsOf = (messages: readonly OutgoingMessage[]): string =>
  JSON.stringify(messages.map((each) => ({ ...each, partition: partitionOf(each.key) })));

function partitionsOf(messages: readonly OutgoingMessage[]): Partition[] {
  const found = new Map<string, Partition>();
  for (const { topic, key } of messages) {
    const partition = partitionOf(key);
    found.set(`${topic}/${partition}`, { topic, partition });
  }
  return [...found.values()];
}
