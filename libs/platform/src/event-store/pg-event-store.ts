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
import { type Connections, refusedByServer } from '../database';
import { Batcher, PartitionedLog } from '../log';
import { type Reports } from '../telemetry';
import { type Append, type Outcome, appendOf, placesOf, rowsOf } from './event-append';
import { type EventRow, eventSource, recordedEvent } from './event-source';
import { EVENT_STORE_SCHEMA } from './event-store-migrations';
import { type RunningStore } from './running-store';
import { Snapshots } from './snapshots';

const LANES = 1;
const PAGE = 1_000;

export interface PgEventStoreOptions {
  readonly url: string;
  /** For short statements only: they wait for nothing. */
  readonly connections: Connections;
  /** For the transactions of subscribers. */
  readonly handlers: Connections;
  readonly clock: Clock;
  readonly reports: Reports;
}

/** The event store in PostgreSQL. Subscribers follow a category; within it, streams keep order. */
export class PgEventStore implements RunningStore {
  private readonly log: PartitionedLog<EventRow>;
  private readonly appends: Batcher<Append, Outcome>;
  private readonly snapshots: Snapshots;

  constructor(private readonly options: PgEventStoreOptions) {
    const { url, connections, handlers, reports } = options;
    this.log = new PartitionedLog({
      url,
      connections,
      handlers,
      reports,
      schema: EVENT_STORE_SCHEMA,
      source: eventSource(connections),
    });
    this.snapshots = new Snapshots(connections);
    this.appends = new Batcher((appends) => this.write(appends), refusedByServer);
  }

  start(): Promise<void> {
    return this.log.start();
  }

  async append(
    stream: StreamName,
    expected: Revision,
    events: readonly DomainEvent[],
    metadata: EventMetadata,
  ): Promise<Appended> {
    if (events.length === 0) throw new RangeError(`nothing to append to ${stream}`);
    const { outcome, revision } = await this.appends.submit(
      appendOf(stream, expected, events, metadata, this.options.clock()),
    );
    if (outcome === 'conflict') throw new RevisionConflict(stream, expected, revision);
    return { revision, repeated: outcome === 'repeated' };
  }

  async read(stream: StreamName, after: Revision = 0, limit = PAGE): Promise<RecordedEvent[]> {
    const rows = await this.options.connections.query<EventRow>(
      `select * from event_store.events where stream = $1 and revision > $2
        order by revision limit $3`,
      [stream, after, limit],
    );
    return rows.map(recordedEvent);
  }

  subscribe({ reader, categories, handle }: StoreSubscription): Promise<Subscription> {
    return this.log.read({
      reader,
      topics: categories,
      startAt: 'first',
      lanes: LANES,
      handle: async (rows, tx) => {
        await handle(rows.map(recordedEvent), tx);
        return rows;
      },
      failed: (error) => {
        this.options.reports.report(error, { work: reader });
      },
    });
  }

  loadSnapshot(stream: StreamName): Promise<Snapshot | undefined> {
    return this.snapshots.load(stream);
  }

  saveSnapshot(stream: StreamName, snapshot: Snapshot): Promise<void> {
    return this.snapshots.save(stream, snapshot);
  }

  /** Subscribers finish what they are at; their checkpoints are kept. */
  close(): Promise<void> {
    return this.log.close();
  }

  private async write(appends: readonly Append[]): Promise<readonly Outcome[]> {
    const partitions = [...new Set(appends.map(({ partition }) => partition))];
    const outcomes = await this.options.connections.query<Outcome>(
      'select * from event_store.append($1, $2)',
      [partitions.sort((one, other) => one - other), JSON.stringify(appends)],
    );
    this.log.wrote(placesOf(outcomes), () => rowsOf(appends, outcomes));
    return outcomes;
  }
}
