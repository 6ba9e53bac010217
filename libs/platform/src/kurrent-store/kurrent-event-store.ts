import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import {
  type Appended,
  type Clock,
  type DomainEvent,
  type EventMetadata,
  type RecordedEvent,
  type Revision,
  RevisionConflict,
  type Snapshot,
  type StoreSubscription,
  type StreamName,
  type Subscription,
} from '@voltledger/kernel';
import { type Connections } from '../database';
import { type RunningStore, Snapshots } from '../event-store';
import { newUuid } from '../identity';
import { type HealthState, type Reports } from '../telemetry';
import { type AnsweredCauses, CausesOfStreams } from './answered-causes';
import { StreamTruncated } from './errors';
import { installationOf } from './installation';
import { sentEvents } from './kurrent-event';
import { KurrentReader } from './kurrent-reader';
import { KurrentStreams, WrongRevision } from './kurrent-streams';

const PAGE = 1_000;

export interface KurrentEventStoreOptions {
  /** `kurrentdb://…` */
  readonly kurrentDbUrl: string;
  /** For short statements only: they wait for nothing. */
  readonly connections: Connections;
  /** For the transactions of subscribers. */
  readonly handlers: Connections;
  readonly clock: Clock;
  readonly reports: Reports;
}

/**
 * The event store in KurrentDB; checkpoints of its readers and snapshots are in PostgreSQL. A stream
 * answers a cause once: what it has answered is read from it and remembered, and an append is only
 * made behind a revision up to which everything is known.
 */
export class KurrentEventStore implements RunningStore {
  readonly keeper = { name: 'kurrentdb', state: (): HealthState => this.state() };
  private readonly client: KurrentDBClient;
  private readonly streams: KurrentStreams;
  private readonly causes = new CausesOfStreams();
  private readonly snapshots: Snapshots;
  private readonly readers = new Map<KurrentReader, string>();
  private readonly member = newUuid();
  private installation: Promise<string> | undefined;

  constructor(private readonly options: KurrentEventStoreOptions) {
    this.client = KurrentDBClient.connectionString(options.kurrentDbUrl);
    this.streams = new KurrentStreams(this.client);
    this.snapshots = new Snapshots(options.connections);
  }

  /** @throws StreamTruncated when it cannot be known whether the cause was answered. */
  async append(
    stream: StreamName,
    expected: Revision,
    events: readonly DomainEvent[],
    metadata: EventMetadata,
  ): Promise<Appended> {
    if (events.length === 0) throw new RangeError(`nothing to append to ${stream}`);
    const known = this.causes.of(stream);
    if (known.revision < expected) await this.readOn(stream, known);
    const before = await this.settled(stream, expected, known, metadata);
    if (before) return before;
    const sent = sentEvents(events, metadata, this.options.clock());
    const written = await this.streams.write(stream, expected, sent);
    if (written instanceof WrongRevision)
      return this.overtaken(stream, expected, metadata, written);
    if (written !== expected + events.length) throw new StreamTruncated(stream, expected, written);
    known.learn(events.map((_, index) => ({ revision: expected + index + 1, metadata })));
    this.causes.keep(stream, known);
    return { revision: written, repeated: false };
  }

  read(stream: StreamName, after: Revision = 0, limit = PAGE): Promise<RecordedEvent[]> {
    return this.streams.read(stream, after, limit);
  }

  subscribe(subscription: StoreSubscription): Promise<Subscription> {
    const { client, member } = this;
    const { connections, handlers, reports } = this.options;
    const installation = () => this.installed();
    const parts = { client, member, installation, connections, handlers, reports };
    const reader = new KurrentReader(parts, subscription);
    this.readers.set(reader, subscription.reader);
    const stop = async () => {
      this.readers.delete(reader);
      await reader.stop();
    };
    return Promise.resolve({ stop });
  }

  loadSnapshot(stream: StreamName): Promise<Snapshot | undefined> {
    return this.snapshots.load(stream);
  }

  saveSnapshot(stream: StreamName, snapshot: Snapshot): Promise<void> {
    return this.snapshots.save(stream, snapshot);
  }

  async close(): Promise<void> {
    const readers = [...this.readers.keys()];
    this.readers.clear();
    await Promise.all(readers.map((reader) => reader.stop()));
    await this.client.dispose();
  }

  private state(): HealthState {
    const failing = [...this.readers].filter(([reader]) => reader.failing).map(([, name]) => name);
    // Not a reason to be taken out of service: what arrives is still kept, and caught up with later.
    return failing.length === 0
      ? { ok: true }
      : { ok: true, detail: `tried again and again: ${failing.join(', ')}` };
  }

  /** Whether it was answered before, or cannot be written behind `expected`. */
  private async settled(
    stream: StreamName,
    expected: Revision,
    known: AnsweredCauses,
    { causationId }: EventMetadata,
  ): Promise<Appended | undefined> {
    if (known.revision > expected) await this.readOn(stream, known);
    const answered = known.answerTo(causationId);
    if (answered !== undefined) return { revision: answered, repeated: true };
    if (known.revision !== expected) throw new RevisionConflict(stream, expected, known.revision);
    return undefined;
  }

  /** Another writer was faster, perhaps with the same cause. */
  private async overtaken(
    stream: StreamName,
    expected: Revision,
    metadata: EventMetadata,
    { actual }: WrongRevision,
  ): Promise<Appended> {
    const known = this.causes.of(stream);
    await this.readOn(stream, known);
    const settled = await this.settled(stream, expected, known, metadata);
    if (settled) return settled;
    // The server counts events that it does not show.
    throw new StreamTruncated(stream, expected, actual + 1);
  }

  /** Reads what we have not seen of the stream, to its end. */
  private async readOn(stream: StreamName, known: AnsweredCauses): Promise<void> {
    for (;;) {
      const events = await this.streams.read(stream, known.revision, PAGE);
      known.learn(events);
      if (events.length < PAGE) break;
    }
    this.causes.keep(stream, known);
  }

  private installed(): Promise<string> {
    this.installation ??= installationOf(this.client).catch((error: unknown) => {
      this.installation = undefined;
      throw error;
    });
    return this.installation;
  }
}
