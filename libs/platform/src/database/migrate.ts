import { Client } from 'pg';
import { DataSource, type Logger, type MigrationInterface, type QueryRunner } from 'typeorm';
import { type Migration, type ServiceDefinition } from '../service';

export type Migrating = Pick<ServiceDefinition, 'name' | 'migrations'>;

/** Any number that nothing else uses. */
const MIGRATING = 7_101_202_602;
/** TypeORM orders migrations by a time of 13 digits at the end of their name. */
const FIRST_TIME = 1_700_000_000_000;
const TABLE = 'migrations';

/** Every service's tables live in the schema of its name. */
export const schemaOf = (service: string): string => service.replaceAll('-', '_');

/**
 * Brings each service's schema up to date. Several processes may do so at once: the first works,
 * the others wait and find it done.
 *
 * @throws Error when a step fails, or when the schema has steps that this version does not know.
 */
export async function migrate(url: string, services: readonly Migrating[]): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'voltledger migrations' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATING]);
    for (const service of services) {
      await client.query(`create schema if not exists ${schemaOf(service.name)}`);
      await migrateOne(url, service);
    }
  } finally {
    await client.end();
  }
}

async function migrateOne(url: string, { name, migrations }: Migrating): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    schema: schemaOf(name),
    applicationName: 'voltledger migrations',
    poolSize: 1,
    installExtensions: false,
    logger: silent,
    migrationsTableName: TABLE,
    migrations: migrations.map(typeOrmMigration),
  });
  await dataSource.initialize();
  try {
    const done = await dataSource.runMigrations({ transaction: 'each' });
    if (done.length < migrations.length) await refuseUnknownSteps(dataSource, name, migrations);
  } finally {
    await dataSource.destroy();
  }
}

/** What goes wrong is thrown; nobody needs to read it twice. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** TypeORM makes one of each of these classes; the data is what matters to us. */
function typeOrmMigration({ name, up }: Migration, index: number): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = typeOrmName(name, index);

    async up(runner: QueryRunner): Promise<void> {
      for (const statement of up) await runner.query(statement);
    }

    down(): Promise<void> {
      throw new Error(`${name} only goes forward; restore a backup to go back`);
    }
  };
}

const typeOrmName = (name: string, index: number): string => `${name} ${FIRST_TIME + index}`;

async function refuseUnknownSteps(
  dataSource: DataSource,
  service: string,
  migrations: readonly Migration[],
): Promise<void> {
  const known = new Set(migrations.map(({ name }, index) => typeOrmName(name, index)));
  const rows: { name: string }[] = await dataSource.query(
    `select name from ${schemaOf(service)}.${TABLE} order by id`,
  );
  const unknown = rows.find(({ name }) => !known.has(name));
  if (unknown)
    throw new Error(
      `The tables of ${service} were changed by another version of Voltledger (step "${unknown.name}"). ` +
        `Run that version, or restore a backup made before it.`,
    );
}
