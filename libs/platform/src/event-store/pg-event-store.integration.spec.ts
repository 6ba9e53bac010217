import { instantAt } from '@voltledger/kernel';
import { createTestDatabase, eventStoreContract } from '@voltledger/testing';
import { Connections } from '../database';
import { eventStoreMigrations } from './event-store-migrations';
import { PgEventStore } from './pg-event-store';

eventStoreContract('PgEventStore', async () => {
  const test = await createTestDatabase({ name: 'event-store', migrations: eventStoreMigrations });
  return {
    query: (sql, parameters) => test.database.query(sql, parameters),
    close: () => test.close(),
    open: async () => {
      const connections = Connections.to({ url: test.url, poolSize: 4 });
      const store = new PgEventStore({
        url: test.url,
        connections,
        handlers: test.database,
        clock: () => instantAt(Date.now()),
        reports: { report: () => undefined },
      });
      await store.start();
      return {
        store,
        close: async () => {
          await store.close();
          await connections.close();
        },
      };
    },
  };
});
