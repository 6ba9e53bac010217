import { RevisionConflict, instantAt } from '@voltledger/kernel';
import { FORWARDS, KurrentDBClient, START } from '@kurrent/kurrentdb-client';
import {
  type KurrentStandIn,
  type TestDatabase,
  counted,
  createTestDatabase,
  eventually,
  metadata,
  newStream,
  startKurrentStandIn,
} from '@voltledger/testing';
import { Connections } from '../database';
import { eventStoreMigrations } from '../event-store';
import { StreamTruncated } from './errors';
import { KurrentEventStore } from './kurrent-event-store';

let test: TestDatabase;
let connections: Connections;
let standIn: KurrentStandIn;
let admin: KurrentDBClient;
let store: KurrentEventStore;

const open = (kurrentDbUrl: string): KurrentEventStore =>
  new KurrentEventStore({
    kurrentDbUrl,
    connections,
    handlers: test.database,
    clock: () => instantAt(Date.now()),
    reports: { report: () => undefined },
  });

beforeAll(async () => {
  test = await createTestDatabase({ name: 'event-store', migrations: eventStoreMigrations });
  connections = Connections.to({ url: test.url, poolSize: 4 });
});
beforeEach(async () => {
  standIn = await startKurrentStandIn();
  admin = KurrentDBClient.connectionString(standIn.url);
  store = open(standIn.url);
});
afterEach(async () => {
  await store.close();
  await admin.dispose();
  standIn.goAway();
});
afterAll(async () => {
  await connections.close();
  await test.close();
});

describe('an append', () => {
  it('whose answer got lost has been done, and says so when it is made again', async () => {
    const to = newStream();
    await store.append(to, 0, counted(1), metadata());
    standIn.loseAnAnswer();
    await expect(store.append(to, 1, counted(2), metadata('a cause'))).rejects.toThrow();
    expect(await store.append(to, 1, counted(2), metadata('a cause'))).toEqual({
      revision: 3,
      repeated: true,
    });
    expect(await store.read(to)).toHaveLength(3);
  });

  it('fails while the server is away, and works when it is back', async () => {
    const to = newStream();
    standIn.goAway();
    await expect(store.append(to, 0, counted(1), metadata())).rejects.toThrow();
    await standIn.listen();
    await eventually(async () => {
      expect(await store.append(to, 0, counted(1), metadata('it'))).toMatchObject({ revision: 1 });
    });
    expect(await store.read(to)).toHaveLength(1);
  });

  it('that is overtaken tells at which revision the stream is', async () => {
    const to = newStream();
    const other = open(standIn.url);
    await store.append(to, 0, counted(1), metadata());
    await other.append(to, 1, counted(3), metadata());
    const refused = store.append(to, 1, counted(1), metadata());
    await expect(refused).rejects.toThrow(RevisionConflict);
    await expect(refused).rejects.toMatchObject({ expected: 1, actual: 4 });
    await other.close();
  });

  it('goes one by one to servers that take no batches', async () => {
    const old = await startKurrentStandIn({ batches: false });
    const one = open(old.url);
    const to = newStream();
    expect(await one.append(to, 0, counted(2), metadata('it'))).toMatchObject({ revision: 2 });
    await expect(one.append(to, 1, counted(1), metadata())).rejects.toMatchObject({ actual: 2 });
    expect(await one.append(to, 2, counted(2), metadata('it'))).toMatchObject({ repeated: true });
    await one.close();
    old.goAway();
  });
});

describe('a stream that somebody has truncated', () => {
  it('is neither folded from what is left nor written to', async () => {
    const to = newStream();
    await store.append(to, 0, counted(5), metadata());
    await admin.setStreamMetadata(to, { truncateBefore: 2 });
    await expect(store.read(to)).rejects.toThrow(StreamTruncated);
    const unaware = open(standIn.url);
    await expect(unaware.append(to, 5, counted(1), metadata())).rejects.toThrow(StreamTruncated);
    await unaware.close();
  });

  it('can still be read behind a snapshot', async () => {
    const to = newStream();
    await store.append(to, 0, counted(5), metadata());
    await admin.setStreamMetadata(to, { truncateBefore: 2 });
    expect((await store.read(to, 3)).map(({ revision }) => revision)).toEqual([4, 5]);
  });

  it('of which nothing is left does not begin anew', async () => {
    const to = newStream();
    await store.append(to, 0, counted(2), metadata());
    await admin.setStreamMetadata(to, { truncateBefore: 2 });
    const unaware = open(standIn.url);
    await expect(unaware.append(to, 0, counted(1), metadata())).rejects.toThrow(StreamTruncated);
    await unaware.close();
  });
});

it('keeps with each event what KurrentDB’s own tools follow a story by', async () => {
  const to = newStream();
  const about = metadata('a cause');
  await store.append(to, 0, counted(1), about);
  const options = { direction: FORWARDS, fromRevision: START } as const;
  for await (const { event } of admin.readStream(to, options))
    expect(event?.metadata).toMatchObject({
      $causationId: 'a cause',
      $correlationId: about.correlationId,
    });
});
