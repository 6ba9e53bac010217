import { instantAt } from '@voltledger/kernel';
import {
  type EventStoreUnderTest,
  KURRENTDB_START_PATIENCE_MS,
  type TestKurrentDb,
  createTestDatabase,
  describeOnKurrentDb,
  eventStoreContract,
  startKurrentStandIn,
  testKurrentDb,
} from '@voltledger/testing';
import { Connections } from '../database';
import { eventStoreMigrations } from '../event-store';
import { KurrentEventStore } from './kurrent-event-store';

interface Server {
  readonly url: string;
  readonly close: () => void;
}

/** Processes that share a server and a database. */
async function storesOn({ url: kurrentDbUrl, close }: Server): Promise<EventStoreUnderTest> {
  const test = await createTestDatabase({ name: 'event-store', migrations: eventStoreMigrations });
  return {
    query: (sql, parameters) => test.database.query(sql, parameters),
    close: async () => {
      await test.close();
      close();
    },
    open: async () => {
      const connections = Connections.to({ url: test.url, poolSize: 4 });
      const store = new KurrentEventStore({
        kurrentDbUrl,
        connections,
        handlers: test.database,
        clock: () => instantAt(Date.now()),
        reports: { report: () => undefined },
      });
      return {
        store,
        close: async () => {
          await store.close();
          await connections.close();
        },
      };
    },
  };
}

describeOnKurrentDb('KurrentEventStore on a real KurrentDB', () => {
  let server: TestKurrentDb;
  beforeAll(async () => {
    server = await testKurrentDb();
  }, KURRENTDB_START_PATIENCE_MS);
  afterAll(() => {
    server.close();
  });
  eventStoreContract('KurrentEventStore', () =>
    storesOn({ url: server.url, close: () => undefined }),
  );
});

describe('against a stand-in, which is no proof of KurrentDB', () => {
  eventStoreContract('KurrentEventStore', async () => {
    const standIn = await startKurrentStandIn();
    const close = () => {
      standIn.goAway();
    };
    return storesOn({ url: standIn.url, close });
  });
});
