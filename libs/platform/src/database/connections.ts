import { Pool as PgPool, type PoolConfig } from 'pg';
import { type Transaction } from '@voltledger/kernel';
import { type Database } from '../tokens';
import { columnTypes } from './column-types';
import { PgTransaction } from './pg-transaction';

type Pool = InstanceType<typeof PgPool>;

export interface ConnectionOptions {
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

const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 15_000;

/** What every connection of ours starts with. */
export const connectionSettings = ({
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
}: ConnectionOptions) => ({
  types: columnTypes,
  statement_timeout: statementTimeoutMs,
  lock_timeout: LOCK_TIMEOUT_MS,
  idle_in_transaction_session_timeout: 2 * statementTimeoutMs,
  keepAlive: true,
  options: '-c TimeZone=UTC',
});

/** Statements and transactions on a pool of connections. */
export class Connections implements Database {
  constructor(protected readonly pool: Pool) {}

  /** A pool beside TypeORM's, for work that must never wait for that one. */
  static to(options: ConnectionOptions & { readonly poolSize: number }): Connections {
    const config: PoolConfig = {
      ...connectionSettings(options),
      connectionString: options.url,
      application_name: options.name ?? 'voltledger',
      max: options.poolSize,
    };
    const pool = new PgPool(config);
    pool.on('error', options.report ?? (() => undefined));
    return new Connections(pool);
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

  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.pgTransaction(work);
  }

  /** Like `transaction`, with the means that our own adapters need. */
  async pgTransaction<Result>(work: (tx: PgTransaction) => Promise<Result>): Promise<Result> {
    const tx = new PgTransaction(this.pool);
    try {
      const result = await work(tx);
      await tx.commit();
      return result;
    } catch (error) {
      await tx.rollBack();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}
