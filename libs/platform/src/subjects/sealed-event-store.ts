import {
  type Appended,
  type DomainEvent,
  type EventMetadata,
  type RecordedEvent,
  type Revision,
  type Snapshot,
  type StoreSubscription,
  type StreamName,
  type Subscription,
} from '@voltledger/kernel';
import { type RunningStore } from '../event-store';
import { type PersonalData } from './ports';

/** A store in which nothing tells who charged, whatever keeps it: sealed going in, opened coming out. */
export class SealedEventStore implements RunningStore {
  constructor(
    private readonly store: RunningStore,
    private readonly personal: PersonalData,
  ) {}

  get keeper(): RunningStore['keeper'] {
    return this.store.keeper;
  }

  async append(
    stream: StreamName,
    expected: Revision,
    events: readonly DomainEvent[],
    metadata: EventMetadata,
  ): Promise<Appended> {
    return this.store.append(stream, expected, await this.personal.seal(events), metadata);
  }

  async read(stream: StreamName, after?: Revision, limit?: number): Promise<RecordedEvent[]> {
    return this.personal.open(await this.store.read(stream, after, limit));
  }

  subscribe({ handle, ...subscription }: StoreSubscription): Promise<Subscription> {
    return this.store.subscribe({
      ...subscription,
      handle: async (events, tx) => handle(await this.personal.open(events), tx),
    });
  }

  async loadSnapshot(stream: StreamName): Promise<Snapshot | undefined> {
    return this.personal.open(await this.store.loadSnapshot(stream));
  }

  async saveSnapshot(stream: StreamName, snapshot: Snapshot): Promise<void> {
    await this.store.saveSnapshot(stream, await this.personal.seal(snapshot));
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
