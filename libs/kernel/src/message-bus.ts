import { type Instant } from './instant';
import { type Region, type TenantId } from './ids';

/** A database transaction that is under way. What is written through it commits as one. */
export interface Transaction {
  /** Runs one SQL statement with `$1`-style parameters and returns its rows. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** A message as it is handed to the bus. `data` is JSON. */
export interface OutgoingMessage {
  /** Unique; a consumer may use it as the cause of what it writes. */
  readonly id: string;
  readonly topic: string;
  /** Messages of one topic and key keep their order. */
  readonly key: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: object;
  readonly causationId: string;
  readonly correlationId: string;
  readonly tenant: TenantId;
  readonly region: Region;
  /** When the fact was recorded by us. */
  readonly recordedAt: Instant;
  /** The revision of the event behind it, where there is one. */
  readonly revision?: number;
}

/** A message as it arrives. `data` is parsed by the topic's contract before anyone uses it. */
export interface Message extends Omit<OutgoingMessage, 'data'> {
  readonly data: unknown;
}

export interface Subscription {
  /** Stops taking messages, finishes the ones in work, and keeps the offsets. */
  stop(): Promise<void>;
}

/** Thrown by a handler for a message nobody can ever read: it is parked, and the rest goes on. */
export class UnreadableMessage extends Error {
  override readonly name = 'UnreadableMessage';
}

export interface GroupSubscription {
  /** Members of one group share the work; every group sees every message. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group starts that was never seen before. Default `first`. */
  readonly startAt?: 'first' | 'end';
  /**
   * Gets messages one after the other, in order within each key, at least once. Its database work
   * and its offset commit together. `UnreadableMessage` parks the message with its reason; anything
   * else it throws holds back that partition and is tried again with back-off, and is reported.
   */
  readonly handle: (message: Message, tx: Transaction) => Promise<void>;
}

export interface MessageBus {
  /**
   * Durable when it resolves. With `tx` the messages become durable, and visible, when that
   * transaction commits.
   */
  publish(messages: readonly OutgoingMessage[], tx?: Transaction): Promise<void>;
  subscribe(subscription: GroupSubscription): Promise<Subscription>;
  /** Sets a group back to the first message kept, when `tx` commits: it reads everything again. */
  rewind(group: string, tx: Transaction): Promise<void>;
}
