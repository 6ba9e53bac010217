import {
  type Appended,
  type DomainEvent,
  type EventMetadata,
  type EventStore,
  type RecordedEvent,
  type Revision,
  RevisionConflict,
  type Snapshot,
  type StreamName,
  type Subscription,
  instant,
} from '@voltledger/kernel';

const RECORDED_AT = instant('2026-03-05T11:00:00Z');

/** An event store for unit tests of what appends and reads. Nobody can subscribe to it. */
export class MemoryEventStore implements EventStore {
  readonly streams = new Map<StreamName, RecordedEvent[]>();
  readonly snapshots = new Map<StreamName, Snapshot>();
  /** Behind which revisions was read, in order. */
  reads: Revision[] = [];
  /** Done just before the next append, one each: so another writer is faster. */
  meanwhile: (() => void)[] = [];

  append(
    stream: StreamName,
    expected: Revision,
    events: readonly DomainEvent[],
    metadata: EventMetadata,
  ): Promise<Appended> {
    this.meanwhile.shift()?.();
    const kept = this.eventsOf(stream);
    if (kept.some((each) => each.metadata.causationId === metadata.causationId))
      return Promise.resolve({ revision: kept.length, repeated: true });
    if (kept.length !== expected)
      return Promise.reject(new RevisionConflict(stream, expected, kept.length));
    for (const event of events) this.put(stream, event, metadata);
    return Promise.resolve({ revision: this.eventsOf(stream).length, repeated: false });
  }

  /** Writes an event as it stands, whatever the revision. */
  put(stream: StreamName, event: DomainEvent, metadata: EventMetadata): void {
    const kept = this.eventsOf(stream);
    const revision = kept.length + 1;
    const id = `${stream}@${revision}`;
    const recorded = { ...event, id, stream, revision, metadata, recordedAt: RECORDED_AT };
    this.streams.set(stream, [...kept, recorded]);
  }

  eventsOf = (stream: StreamName): RecordedEvent[] => this.streams.get(stream) ?? [];

  read(stream: StreamName, after: Revision = 0, limit = 1_000): Promise<RecordedEvent[]> {
    this.reads.push(after);
    return Promise.resolve(this.eventsOf(stream).slice(after, after + limit));
  }

  subscribe(): Promise<Subscription> {
    return Promise.reject(new Error('the store in memory has no subscribers'));
  }

  loadSnapshot(stream: StreamName): Promise<Snapshot | undefined> {
    return Promise.resolve(this.snapshots.get(stream));
  }

  saveSnapshot(stream: StreamName, snapshot: Snapshot): Promise<void> {
    this.snapshots.set(stream, snapshot);
    return Promise.resolve();
  }
}
