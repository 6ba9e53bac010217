import { randomUUID } from 'node:crypto';
import {
  type Cause,
  type EventMetadata,
  type EventStore,
  type RecordedEvent,
  type Region,
  type StreamName,
  type TenantId,
  streamName,
} from '@voltledger/kernel';

/** One process that uses the store. */
export interface OpenStore {
  readonly store: EventStore;
  close(): Promise<void>;
}

export interface EventStoreUnderTest {
  /** Another process with the same store. */
  open(): Promise<OpenStore>;
  /** The database that handlers write to, read from outside. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export const cause = (causationId: string = randomUUID()): Cause => ({
  causationId,
  correlationId: 'a story',
  tenant: 'tenant-1' as TenantId,
  region: 'eu' as Region,
});

export const metadata = (causationId?: string): EventMetadata => ({
  ...cause(causationId),
  schemaVersion: 3,
});

export const counted = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => ({
    type: 'Counted',
    data: { number: from + index },
  }));

export const numbersOf = (events: readonly RecordedEvent[]): number[] =>
  events.map(({ data }) => (data as { number: number }).number);

export const newStream = (category = 'sample'): StreamName => streamName(category, randomUUID());

export const numbersUpTo = (last: number): number[] =>
  Array.from({ length: last }, (_, index) => index + 1);

/** The processes a test has opened, closed after it. */
export class OpenedStores {
  private readonly opened: OpenStore[] = [];

  constructor(private readonly test: () => EventStoreUnderTest) {}

  async open(): Promise<OpenStore> {
    const another = await this.test().open();
    this.opened.push(another);
    return another;
  }

  async close(): Promise<void> {
    for (const each of this.opened.splice(0)) await each.close();
  }
}
