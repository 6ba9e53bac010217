import { type EventStore, instantAt } from '@voltledger/kernel';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import {
  type KurrentStandIn,
  type TestDatabase,
  counted,
  createTestDatabase,
  eventually,
  metadata,
  newStream,
  numbersUpTo,
  startKurrentStandIn,
} from '@voltledger/testing';
import { Connections } from '../database';
import { eventStoreMigrations } from '../event-store';
import { UnreadableEvent } from './errors';
import { KurrentEventStore } from './kurrent-event-store';

let test: TestDatabase;
let connections: Connections;
let standIn: KurrentStandIn;
let admin: KurrentDBClient;
let store: KurrentEventStore;
const failures: unknown[] = [];

const open = (kurrentDbUrl: string): KurrentEventStore =>
  new KurrentEventStore({
    kurrentDbUrl,
    connections,
    handlers: test.database,
    clock: () => instantAt(Date.now()),
    reports: { report: (error) => failures.push(error) },
  });

beforeAll(async () => {
  test = await createTestDatabase({ name: 'event-store', migrations: eventStoreMigrations });
  await test.database.query('create table seen (stream text, revision int, at serial)');
  connections = Connections.to({ url: test.url, poolSize: 4 });
});
beforeEach(async () => {
  failures.length = 0;
  standIn = await startKurrentStandIn();
  admin = KurrentDBClient.connectionString(standIn.url);
  store = open(standIn.url);
});
afterEach(async () => {
  await store.close();
  await admin.dispose();
  standIn.goAway();
  await test.database.query('truncate seen');
});
afterAll(async () => {
  await connections.close();
  await test.close();
});

const follow = (by: EventStore, category: string, reader = 'reader') =>
  by.subscribe({
    reader,
    categories: [category],
    handle: async (events, tx) => {
      for (const { stream, revision } of events)
        await tx.query('insert into seen (stream, revision) values ($1, $2)', [stream, revision]);
    },
  });
const seen = async (): Promise<number[]> => {
  const rows = await test.database.query<{ revision: number }>(
    'select revision from seen order by at',
  );
  return rows.map(({ revision }) => revision);
};

describe('a reader', () => {
  it('connects again when it is cut off, and goes on where it was', async () => {
    const to = newStream('cut');
    await follow(store, 'cut', 'cut off');
    await store.append(to, 0, counted(3), metadata());
    await eventually(async () => expect(await seen()).toEqual([1, 2, 3]));
    standIn.goAway();
    await eventually(() => expect(failures).not.toEqual([]));
    await standIn.listen();
    await eventually(async () => {
      await store.append(to, 3, counted(2), metadata('after'));
    });
    await eventually(async () => expect(await seen()).toEqual(numbersUpTo(5)), 20_000);
  });

  it('passes over what the server itself has written, also when it reads everything', async () => {
    const to = newStream('sys');
    const streams: string[] = [];
    await store.append(to, 0, counted(1), metadata());
    await admin.setStreamMetadata(to, { maxCount: 100 });
    await store.subscribe({
      reader: 'everything',
      handle: async (events) => {
        streams.push(...events.map(({ stream }) => stream));
      },
    });
    const next = newStream('sys');
    await store.append(next, 0, counted(1), metadata());
    await eventually(() => expect(streams).toEqual([to, next]));
    expect(failures).toEqual([]);
  });

  it('keeps a checkpoint behind what does not concern it', async () => {
    await follow(store, 'quiet', 'quiet reader');
    await store.append(newStream('loud'), 0, counted(3), metadata());
    await eventually(async () => {
      const rows = await test.database.query<{ at: number }>(
        `select commit_position as at from event_store.kurrent_readers where reader = 'quiet reader'`,
      );
      expect(rows.map(({ at }) => at)).toEqual([standIn.log.all.at(-1)?.position]);
    });
  });

  it('begins anew at another server, whose positions mean something else', async () => {
    await follow(store, 'moved', 'moved reader');
    const to = newStream('moved');
    await store.append(to, 0, counted(3), metadata());
    await eventually(async () => expect(await seen()).toHaveLength(3));
    const emptied = await startKurrentStandIn();
    const there = open(emptied.url);
    await there.append(newStream('moved'), 0, counted(1), metadata());
    await follow(there, 'moved', 'moved reader');
    await eventually(async () => expect(await seen()).toEqual([1, 2, 3, 1]));
    await there.close();
    emptied.goAway();
  });

  it('stops at an event among ours that nobody of ours has written, and says so', async () => {
    const to = newStream('odd');
    await follow(store, 'odd', 'odd reader');
    await store.append(to, 0, counted(2), metadata());
    standIn.log.append(to, 'any', [
      {
        id: crypto.randomUUID(),
        type: 'Guest',
        contentType: 'application/json',
        data: Buffer.from('{}'),
        metadata: Buffer.from(''),
      },
    ]);
    await eventually(() => expect(failures[0]).toBeInstanceOf(UnreadableEvent));
    await eventually(async () => expect(await seen()).toEqual([1, 2]));
    expect(store.keeper.state().detail).toContain('odd reader');
    await expect(store.read(to)).rejects.toThrow(UnreadableEvent);
  });
});
