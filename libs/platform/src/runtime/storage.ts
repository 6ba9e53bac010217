import { type Clock } from '@voltledger/kernel';
import { Connections, PgDatabase, migrate } from '../database';
import { PgEventStore, eventStoreMigrations } from '../event-store';
import { edgeMigrations } from '../http';
import { PgMessageBus, busMigrations } from '../message-bus';
import { type ServiceDefinition } from '../service';
import { type Reports } from '../telemetry';
import { type PlatformConfig } from './platform-config';

export interface Storage {
  readonly database: PgDatabase;
  readonly store: PgEventStore;
  readonly bus: PgMessageBus;
  close(): Promise<void>;
}

/** Connections for short statements of store and bus, which must never wait for handlers' work. */
const SHORT_STATEMENTS = 6;

/** Brings the schemas up to date, then opens database, store and bus. */
export async function openStorage(
  config: PlatformConfig,
  services: readonly ServiceDefinition[],
  clock: Clock,
  reports: Reports,
): Promise<Storage> {
  const url = config.databaseUrl;
  await migrate(url, [
    { name: 'platform', migrations: edgeMigrations },
    { name: 'event-store', migrations: eventStoreMigrations },
    { name: 'bus', migrations: busMigrations },
    ...services,
  ]);
  const report = (error: unknown) => {
    reports.report(error, { work: 'database' });
  };
  const poolSize = config.databasePoolSize - SHORT_STATEMENTS;
  const database = await PgDatabase.open({ url, poolSize, report });
  const connections = Connections.to({ url, poolSize: SHORT_STATEMENTS, report });
  const store = new PgEventStore({ url, connections, handlers: database, clock, reports });
  await store.start();
  const bus = await PgMessageBus.open(database, reports, { url });
  return {
    database,
    store,
    bus,
    close: async () => {
      await bus.close();
      await store.close();
      await connections.close();
      await database.close();
    },
  };
}
