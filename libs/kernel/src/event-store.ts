import { type Brand } from './brand';
import { type Instant } from './instant';
import { type DomainEvent } from './decider';
import { type Region, type TenantId } from './ids';
import { type Subscription, type Transaction } from './message-bus';

/** `<category>-<id>`; the category has no dash. */
export type StreamName = Brand<string, 'StreamName'>;
/** Revisions count from 1; 0 means the stream does not exist yet. */
export type Revision = number;

export const streamName = (category: string, id: string): StreamName =>
  `${category}-${id}` as StreamName;
export const categoryOf = (stream: StreamName): string => stream.slice(0, stream.indexOf('-'));
export const streamIdOf = (stream: StreamName): string => stream.slice(stream.indexOf('-') + 1);

/** Why something was written: the message or request behind it, and the story it belongs to. */
export interface Cause {
  /** Id of what led to this. A stream answers one cause once. */
  readonly causationId: string;
  /** The same along a whole story, from the station's frame to the partner's answer. */
  readonly correlationId: string;
  readonly tenant: TenantId;
  readonly region: Region;
}

export interface EventMetadata extends Cause {
  readonly schemaVersion: number;
}

export interface RecordedEvent {
  readonly id: string;
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly type: string;
  readonly data: object;
  readonly metadata: EventMetadata;
  readonly recordedAt: Instant;
}

/** How far a subscriber has read; only the adapter that made it can read it. */
export type Checkpoint = Brand<string, 'Checkpoint'>;

export interface Appended {
  readonly revision: Revision;
  /** The stream had already answered this cause; nothing was written. */
  readonly repeated: boolean;
}

export interface Snapshot {
  readonly revision: Revision;
  readonly stateVersion: number;
  readonly state: unknown;
}

export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';

  constructor(
    readonly stream: StreamName,
    readonly expected: Revision,
    readonly actual: Revision,
  ) {
    super(`${stream} is at revision ${actual}, not ${expected}`);
  }
}

export interface StoreSubscription {
  /** Names the reader; its checkpoint is kept under this name. */
  readonly reader: string;
  /** Only these categories; all when left out. */
  readonly categories?: readonly string[];
  /**
   * Gets events in order within each stream, none skipped. Its database work and its checkpoint
   * commit together, so each event takes effect once. What it throws is logged and tried again,
   * with back-off, for as long as it takes.
   */
  readonly handle: (events: readonly RecordedEvent[], tx: Transaction) => Promise<void>;
}

/**
 * Where aggregates live. Adapters differ in how they order events across streams; within a stream
 * the order is that of the revisions, and no subscriber ever misses an event.
 */
export interface EventStore {
  /**
   * Writes `events` behind revision `expected`, all or none. When the stream holds events of the
   * same `causationId` already, nothing is written and the earlier outcome is returned.
   *
   * @throws RevisionConflict when the stream is at another revision.
   */
  append(
    stream: StreamName,
    expected: Revision,
    events: readonly DomainEvent[],
    metadata: EventMetadata,
  ): Promise<Appended>;

  /** The events behind revision `after`, in order, at most `limit` (default 1,000). */
  read(stream: StreamName, after?: Revision, limit?: number): Promise<RecordedEvent[]>;

  /** Starts reading where the reader's checkpoint stands, from the first event when it has none. */
  subscribe(subscription: StoreSubscription): Promise<Subscription>;

  /** A snapshot is a cache: it may be lost, or of another `stateVersion`. */
  loadSnapshot(stream: StreamName): Promise<Snapshot | undefined>;
  saveSnapshot(stream: StreamName, snapshot: Snapshot): Promise<void>;
}
