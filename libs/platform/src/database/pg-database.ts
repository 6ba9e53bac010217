import { DataSource } from 'typeorm';
import { type Pool as PgPool, type PoolClient } from 'pg';
import { type Transaction } from '@voltledger/kernel';
import { type Database } from '../tokens';
import { columnTypes } from './column-types';
import { PgTransaction } from './pg-transaction';

type Pool = InstanceType<typeof PgPool>;

export interface DatabaseOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly name?: string;
  /** Connections at most. */
  readonly poolSize?: number;
  /** How long one statement may take. */
  readonly statementTimeoutMs?: number;
  /** Told about connections that break while nobody uses them. */
  readonly report?: (error: unknown) => void;
}

const POOL_SIZE = 20;
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 15_000;

/** PostgreSQL through TypeORM's data source and its pool. */
export class PgDatabase implements Database {
  private constructor(
    /** For repositories, where a table has an entity. */
    readonly dataSource: DataSource,
    readonly pool: Pool,
  ) {}

  static async open(options: DatabaseOptions): Promise<PgDatabase> {
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.name ?? 'voltledger',
      poolSize: options.poolSize ?? POOL_SIZE,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      poolErrorHandler: options.report ?? (() => undefined),
      installExtensions: false,
      extra: connectionSettings(options.statementTimeoutMs),
    });
    await dataSource.initialize();
    return new PgDatabase(dataSource, (dataSource.driver as unknown as { master: Pool }).master);
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pool.query(sql, [...parameters]);
    return rows as Row[];
  }

  /** A statement that is parsed once per connection. `name` stands for this text and no other. */
  async prepared<Row>(name: string, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.pool.query({ name, text: sql, values: [...parameters] });
    return rows as Row[];
  }

  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.pgTransaction(work);
  }

  /** Like `transaction`, with the means that our own adapters need. */
  async pgTransaction<Result>(work: (tx: PgTransaction) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    // A connection that breaks also says so as an event; whoever awaits a statement is told anyway.
    client.on('error', alreadyTold);
    const tx = new PgTransaction(client);
    try {
      await client.query('BEGIN');
      const result = await work(tx);
      await tx.prepareCommit();
      await client.query('COMMIT');
      release(client);
      tx.committed();
      return result;
    } catch (error) {
      await rollBack(client);
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** A connection that cannot even roll back is broken: it leaves the pool, and the server rolls back. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    release(client);
  } catch (error) {
    release(client, error instanceof Error ? error : true);
  }
}

const alreadyTold = () => undefined;

function release(client: PoolClient, broken?: Error | true): void {
  client.removeListener('error', alreadyTold);
  client.release(broken);
}

const connectionSettings = (statementTimeoutMs = STATEMENT_TIMEOUT_MS) => ({
  types: columnTypes,
  statement_timeout: statementTimeoutMs,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
  keepAlive: true,
  options: '-c TimeZone=UTC',
});
