import { randomUUID } from 'node:crypto';
import { PgDatabase, type ServiceDefinition, migrate } from '@voltledger/platform';

export interface TestDatabase {
  readonly url: string;
  readonly database: PgDatabase;
  /** Closes the connections and drops the database. */
  close(): Promise<void>;
}

/**
 * An empty database of its own on the server that Jest started for this run (project
 * `integration`), with the tables of the given services.
 */
export async function createTestDatabase(
  ...services: readonly Pick<ServiceDefinition, 'name' | 'migrations'>[]
): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await run(server, `create database ${name} template template0`);
  const url = withDatabase(server, name);
  if (services.length > 0) await migrate(url, services);
  const database = await PgDatabase.open({ url, name: 'test' });
  return {
    url,
    database,
    close: async () => {
      await database.close();
      await run(server, `drop database ${name} with (force)`);
    },
  };
}

function serverUrl(): string {
  const url = process.env['VOLTLEDGER_TEST_SERVER_URL'];
  if (url === undefined)
    throw new Error(
      'No PostgreSQL was started for this test: name its file *.integration.spec.ts, or put it in test/.',
    );
  return url;
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function run(url: string, statement: string): Promise<void> {
  const server = await PgDatabase.open({ url, poolSize: 1 });
  try {
    await server.query(statement);
  } finally {
    await server.close();
  }
}
