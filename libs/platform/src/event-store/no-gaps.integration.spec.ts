import { instantAt, streamName } from '@voltledger/kernel';
import { type TestDatabase, createTestDatabase, eventually } from '@voltledger/testing';
import { Connections } from '../database';
import { partitionOf } from '../log';
import { eventStoreMigrations } from './event-store-migrations';
import { PgEventStore } from './pg-event-store';

const WRITERS = 16;
const PARTITIONS_USED = 3;

const APPENDS = 1_500;
const reports = { report: () => undefined };

let test: TestDatabase;
let writers: Connections;
let store: PgEventStore;

beforeAll(async () => {
  test = await createTestDatabase({ name: 'event-store', migrations: eventStoreMigrations });
  writers = Connections.to({ url: test.url, poolSize: WRITERS });
  const clock = () => instantAt(Date.now());
  const connections = Connections.to({ url: test.url, poolSize: 4 });
  const options = { url: test.url, connections, handlers: test.database, clock, reports };
  store = new PgEventStore(options);
  await store.start();
});

afterAll(async () => {
  await store.close();
  await writers.close();
  await test.close();
});

const pick = <Item>(items: readonly Item[]): Item =>
  items[Math.floor(Math.random() * items.length)] as Item;

/** Many streams in few partitions: their writers get in each other's way. */
const streams = Array.from({ length: 2_000 }, (_, index) => streamName('gap', `${index}`))
  .filter((stream) => partitionOf(stream) < PARTITIONS_USED)
  .slice(0, 40);

/** Appends in a transaction that stays open for a while: some commit late, some never. */
async function appendSlowly(number: number, fate: 'commit' | 'roll back', lateMs: number) {
  const stream = streams[number % streams.length]!;
  const work = writers.transaction(async (tx) => {
    const [at] = await tx.query<{ revision: number }>(
      'select coalesce(max(revision), 0) as revision from event_store.events where stream = $1',
      [stream],
    );
    const append = {
      stream,
      topic: 'gap',
      partition: partitionOf(stream),
      expected: at?.revision ?? 0,
      recorded_at: '2026-03-05T11:00:00Z',
      schema_version: 1,
      causation_id: `cause ${number}`,
      correlation_id: 'story',
      tenant: 'tenant',
      region: 'region',
      events: [{ id: crypto.randomUUID(), type: 'Counted', data: JSON.stringify({ number }) }],
    };
    const [outcome] = await tx.query<{ outcome: string }>(
      'select outcome from event_store.append($1, $2)',
      [[append.partition], JSON.stringify([append])],
    );
    if (outcome?.outcome !== 'appended') throw new Error('another writer was faster');
    if (lateMs > 0) await tx.query('select pg_sleep($1)', [lateMs / 1_000]);
    if (fate === 'roll back') throw new Error('rolled back');
  });
  return work.then(
    () => true,
    () => false,
  );
}

it('lets no subscriber miss, double or reorder an event while 16 writers commit late or not at all', async () => {
  const seen = new Map<string, number[]>();
  let count = 0;
  await store.subscribe({
    reader: 'gap reader',
    categories: ['gap'],
    handle: async (events) => {
      for (const { stream, revision } of events) {
        seen.set(stream, [...(seen.get(stream) ?? []), revision]);
        count += 1;
      }
    },
  });
  let next = 0;
  let committed = 0;
  const write = async (): Promise<void> => {
    while (next < APPENDS) {
      const fate = pick(['commit', 'commit', 'commit', 'commit', 'roll back'] as const);
      const lateMs = pick([0, 0, 0, 0, 0, 0, 0, 20, 40]);
      if (!(await appendSlowly((next += 1), fate, lateMs))) continue;
      committed += 1;
      // As another process would: the reader looks at once, while others have yet to commit.
      await writers.query(`select pg_notify('event_store', '{ "member": "another" }')`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await eventually(() => expect(count).toBe(committed), 20_000);
  for (const revisions of seen.values())
    expect(revisions).toEqual(Array.from({ length: revisions.length }, (_, index) => index + 1));
  const [stored] = await test.database.query<{ events: number; gaps: number }>(
    `select sum(n)::int as events, sum(last - n)::int as gaps from (
       select count(*) as n, max(position) as last from event_store.events group by partition
     ) p`,
  );
  expect(stored).toEqual({ events: committed, gaps: 0 });
});
