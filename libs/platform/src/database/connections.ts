import { Pool as PgPool, type PoolConfig } from 'pg';
import { type Transaction } from '@voltledger/kernel';
import { type Database } from '../tokens';
import { columnTypes } from './column-types';
import { PgTransaction } from './pg-transaction';
import { isOutdated, statementName } from './statement-names';

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
  // A transaction may be used by several at once: their statements are sent one behind the other.
  pipeline: true,
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
    const named = { name: statementName(sql), text: sql, values: [...parameters] };
    const { rows } = await this.pool.query(named).catch((error: unknown) => {
      // Only the plan is out of date: nothing was done.
      if (isOutdated(error)) return this.pool.query(sql, [...parameters]);
      throw error;
    });
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
      await tx.rollBack(error);
      throw error;
    }
  }

  async close(): Promise<void> {
    if (!this.pool.ended) await this.pool.end();
  }
}
