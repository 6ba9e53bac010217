import { type Clock } from '@voltledger/kernel';
import { Connections, PgDatabase, migrate } from '../database';
import { type RunningStore, eventStoreMigrations } from '../event-store';
import { edgeMigrations } from '../http';
import { KafkaMessageBus } from '../kafka-bus';
import { PgMessageBus, type RunningBus, busMigrations } from '../message-bus';
import { type ServiceDefinition } from '../service';
import { type OpenedSubjects, SealedEventStore, SealedMessageBus, openSubjects } from '../subjects';
import { type Reports } from '../telemetry';
import { openStore } from './open-store';
import { type PlatformConfig } from './platform-config';

export interface Storage {
  readonly database: PgDatabase;
  /** Nothing personal lies in it as it is. */
  readonly store: RunningStore;
  readonly bus: RunningBus;
  readonly subjects: OpenedSubjects;
  close(): Promise<void>;
}

/**
 * One pool for each kind of work that may wait for the next: requests and workers, and what their
 * handlers ask beside their transaction; handlers' transactions; short statements of store and bus.
 */
function poolSizes(all: number) {
  const shortStatements = Math.max(2, Math.floor(all / 5));
  const handlers = Math.max(1, Math.floor((all - shortStatements) / 2));
  return { shortStatements, handlers, others: Math.max(1, all - shortStatements - handlers) };
}

const PLATFORM = [
  { name: 'platform', migrations: edgeMigrations },
  { name: 'event-store', migrations: eventStoreMigrations },
  { name: 'bus', migrations: busMigrations },
];

/** Brings the schemas of the platform and of the services up to date. */
export const migrateAll = (url: string, services: readonly ServiceDefinition[]): Promise<void> =>
  migrate(url, [...PLATFORM, ...services]);

/** Brings the schemas up to date, then opens database, store and bus. */
export async function openStorage(
  config: PlatformConfig,
  services: readonly ServiceDefinition[],
  clock: Clock,
  reports: Reports,
): Promise<Storage> {
  const url = config.databaseUrl;
  await migrateAll(url, services);
  let closing = false;
  const report = (error: unknown) => {
    // An idle connection that ends while we leave is no news.
    if (!closing) reports.report(error, { work: 'database' });
  };
  const sizes = poolSizes(config.databasePoolSize);
  const database = await PgDatabase.open({ url, poolSize: sizes.others, report });
  const connections = Connections.to({ url, poolSize: sizes.shortStatements, report });
  const handlers = Connections.to({ url, poolSize: sizes.handlers, report });
  const { kurrentDbUrl } = config;
  const store = await openStore({ url, kurrentDbUrl, connections, handlers, clock, reports });
  const bus = await openBus(config, connections, handlers, reports);
  const subjects = await openSubjects(config.subjects, { url, connections, report });
  return {
    database,
    store: new SealedEventStore(store, subjects.personal),
    bus: new SealedMessageBus(bus, subjects.personal),
    subjects,
    close: async () => {
      closing = true;
      await bus.close();
      await subjects.close();
      await store.close();
      await handlers.close();
      await connections.close();
      await database.close();
    },
  };
}

/** Which bus it is, is a matter of settings alone. */
function openBus(
  { databaseUrl: url, retention, kafka }: PlatformConfig,
  connections: Connections,
  handlers: Connections,
  reports: Reports,
): Promise<RunningBus> {
  const options = { url, handlers, retention };
  return kafka
    ? KafkaMessageBus.open(connections, reports, { ...options, kafka })
    : PgMessageBus.open(connections, reports, options);
}
