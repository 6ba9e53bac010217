import { randomUUID } from 'node:crypto';
import {
  type EventStore,
  type RecordedEvent,
  type StoreSubscription,
  type Subscription,
  type Transaction,
} from '@voltledger/kernel';
import { eventually } from './eventually';
import {
  type EventStoreUnderTest,
  type OpenStore,
  OpenedStores,
  counted,
  metadata,
  newStream,
  numbersUpTo,
} from './event-store-under-test';

/** What every `EventStore` must do for those who follow it. */
export function subscriptionContract(
  name: string,
  start: () => Promise<EventStoreUnderTest>,
): void {
  describe(`${name}, as a subscriber sees it`, () => {
    let test: EventStoreUnderTest;
    let store: EventStore;
    const stores = new OpenedStores(() => test);

    beforeAll(async () => {
      test = await start();
      await test.query('create table seen (reader text, stream text, revision int, at serial)');
    });
    beforeEach(async () => {
      ({ store } = await stores.open());
    });
    afterEach(() => stores.close());
    afterAll(() => test.close());

    /** Notes what it sees in the transaction that keeps its checkpoint. */
    const noting = (reader: string, category: string): StoreSubscription => ({
      reader,
      categories: [category],
      handle: (events, tx) => note(tx, reader, events),
    });
    const seenBy = (reader: string) =>
      test.query<{ stream: string; revision: number }>(
        'select stream, revision from seen where reader = $1 order by at',
        [reader],
      );
    const subscribe = (at: OpenStore, to: StoreSubscription): Promise<Subscription> =>
      at.store.subscribe(to);
    const unique = () => randomUUID().slice(0, 8);

    it('gets what was there before and what comes later, of its categories only', async () => {
      const [category, reader] = [unique(), unique()];
      const to = newStream(category);
      await store.append(to, 0, counted(300), metadata());
      await store.append(newStream('another'), 0, counted(1), metadata());
      await store.subscribe(noting(reader, category));
      await eventually(async () => expect(await seenBy(reader)).toHaveLength(300));
      await store.append(to, 300, counted(2), metadata());
      await eventually(async () => expect(await seenBy(reader)).toHaveLength(302));
      expect((await seenBy(reader)).map(({ revision }) => revision)).toEqual(numbersUpTo(302));
    });

    it('gets all categories when it names none, also those that begin later', async () => {
      const reader = unique();
      const seen = new Set<string>();
      await store.subscribe({
        reader,
        handle: async (events) => {
          for (const event of events) seen.add(event.stream);
        },
      });
      const streams = [newStream(unique()), newStream(unique())];
      for (const to of streams) await store.append(to, 0, counted(1), metadata());
      await eventually(() => expect([...seen]).toEqual(expect.arrayContaining(streams)));
    });

    it('goes on from its checkpoint in another process, and sees nothing twice', async () => {
      const [category, reader] = [unique(), unique()];
      const to = newStream(category);
      const one = await stores.open();
      await store.append(to, 0, counted(5), metadata());
      const subscription = await subscribe(one, noting(reader, category));
      await eventually(async () => expect(await seenBy(reader)).toHaveLength(5));
      await subscription.stop();
      await one.close();
      await store.append(to, 5, counted(5), metadata());
      await subscribe(await stores.open(), noting(reader, category));
      await eventually(async () => expect(await seenBy(reader)).toHaveLength(10));
      expect((await seenBy(reader)).map(({ revision }) => revision)).toEqual(numbersUpTo(10));
    });

    it('tries again what failed, leaves nothing of it behind, and skips nothing', async () => {
      const [category, reader] = [unique(), unique()];
      const to = newStream(category);
      let failures = 3;
      await store.subscribe({
        ...noting(reader, category),
        handle: async (events, tx) => {
          await note(tx, reader, events);
          if (events.some(({ revision }) => revision === 2) && failures-- > 0)
            throw new Error('not now');
        },
      });
      await store.append(to, 0, counted(3), metadata());
      await eventually(async () => expect(await seenBy(reader)).toHaveLength(3));
      expect((await seenBy(reader)).map(({ revision }) => revision)).toEqual([1, 2, 3]);
    });

    it('wakes up at once for what another process writes', async () => {
      const [category, reader] = [unique(), unique()];
      const { store: other } = await stores.open();
      let arrivedAt = 0;
      await store.subscribe({
        reader,
        categories: [category],
        handle: async () => {
          arrivedAt = performance.now();
        },
      });
      const appendedAt = performance.now();
      await other.append(newStream(category), 0, counted(1), metadata());
      await eventually(() => expect(arrivedAt).toBeGreaterThan(appendedAt));
    });

    it('misses nothing, doubles nothing and keeps order while many write', async () => {
      const [category, reader] = [unique(), unique()];
      const others = await Promise.all([stores.open(), stores.open(), stores.open()]);
      await subscribe(await stores.open(), noting(reader, category));
      const streams = Array.from({ length: 40 }, () => newStream(category));
      await Promise.all(
        streams.map(async (to, index) => {
          const writer = others[index % others.length]!.store;
          for (let revision = 0; revision < 25; revision += 1)
            await writer.append(to, revision, counted(1), metadata());
        }),
      );
      await eventually(async () => expect(await seenBy(reader)).toHaveLength(1_000), 30_000);
      const seen = await seenBy(reader);
      for (const to of streams)
        expect(seen.filter((each) => each.stream === to).map(({ revision }) => revision)).toEqual(
          numbersUpTo(25),
        );
    });

    it('is shared by the processes that use its name: each event takes effect once', async () => {
      const [category, reader] = [unique(), unique()];
      const [one, two, three] = [await stores.open(), await stores.open(), await stores.open()];
      await subscribe(one, noting(reader, category));
      await subscribe(two, noting(reader, category));
      const streams = Array.from({ length: 100 }, () => newStream(category));
      const writing = Promise.all(
        streams.map(async (to) => {
          for (let revision = 0; revision < 5; revision += 1)
            await store.append(to, revision, counted(1), metadata());
        }),
      );
      await subscribe(three, noting(reader, category));
      await one.close();
      await writing;
      await eventually(async () => expect(await seenBy(reader)).toHaveLength(500), 30_000);
      const seen = await seenBy(reader);
      for (const to of streams)
        expect(seen.filter((each) => each.stream === to).map(({ revision }) => revision)).toEqual(
          numbersUpTo(5),
        );
    });
  });
}
async function note(
  tx: Transaction,
  reader: string,
  events: readonly RecordedEvent[],
): Promise<void> {
  for (const { stream, revision } of events)
    await tx.query('insert into seen (reader, stream, revision) values ($1, $2, $3)', [
      reader,
      stream,
      revision,
    ]);
}
