import { type Pool as PgPool, type PoolClient } from 'pg';
import { type Transaction } from '@voltledger/kernel';

type Pool = InstanceType<typeof PgPool>;
type Work = () => void | Promise<void>;

/**
 * A transaction, with what is to happen around its commit. It takes a connection with its first
 * statement: work that turns out to need none costs none.
 */
export class PgTransaction implements Transaction {
  private readonly before = new Map<unknown, Work>();
  private readonly after: (() => void)[] = [];
  private beginning: Promise<PoolClient> | undefined;

  constructor(private readonly pool: Pool) {}

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const client = await this.connection();
    const { rows } = await client.query(sql, [...parameters]);
    return rows as Row[];
  }

  /** A statement that is parsed once per connection. `name` stands for this text and no other. */
  async prepared<Row>(name: string, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    const client = await this.connection();
    const { rows } = await client.query({ name, text: sql, values: [...parameters] });
    return rows as Row[];
  }

  /** Whether anything has been done in it. */
  get begun(): boolean {
    return this.beginning !== undefined;
  }

  /** Done when the work has ended, so that locks it takes are held shortly. Once per `key`. */
  beforeCommit(key: unknown, work: Work): void {
    if (!this.before.has(key)) this.before.set(key, work);
  }

  afterCommit(work: () => void): void {
    this.after.push(work);
  }

  /** @internal */
  async commit(): Promise<void> {
    for (const work of this.before.values()) await work();
    if (this.beginning) {
      const client = await this.beginning;
      await client.query('COMMIT');
      this.beginning = undefined;
      release(client);
    }
    for (const work of this.after) work();
  }

  /** @internal A connection that cannot even roll back is broken, and the server rolls back. */
  async rollBack(): Promise<void> {
    const client = await this.beginning?.catch(() => undefined);
    if (!client) return;
    try {
      await client.query('ROLLBACK');
      release(client);
    } catch (error) {
      release(client, error instanceof Error ? error : true);
    }
  }

  private connection(): Promise<PoolClient> {
    this.beginning ??= this.begin();
    return this.beginning;
  }

  private async begin(): Promise<PoolClient> {
    const client = await this.pool.connect();
    // A connection that breaks also says so as an event; whoever awaits a statement is told anyway.
    client.on('error', alreadyTold);
    try {
      await client.query('BEGIN');
      return client;
    } catch (error) {
      release(client, error instanceof Error ? error : true);
      throw error;
    }
  }
}

const alreadyTold = () => undefined;

function release(client: PoolClient, broken?: Error | true): void {
  client.removeListener('error', alreadyTold);
  client.release(broken);
}
