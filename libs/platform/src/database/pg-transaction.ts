import { type PoolClient } from 'pg';
import { type Transaction } from '@voltledger/kernel';

type Work = () => void | Promise<void>;

/** A transaction on one connection, with what is to happen around its commit. */
export class PgTransaction implements Transaction {
  private readonly before = new Map<unknown, Work>();
  private readonly after: (() => void)[] = [];

  constructor(private readonly client: PoolClient) {}

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.client.query(sql, [...parameters]);
    return rows as Row[];
  }

  /** A statement that is parsed once per connection. `name` stands for this text and no other. */
  async prepared<Row>(name: string, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.client.query({ name, text: sql, values: [...parameters] });
    return rows as Row[];
  }

  /** The last thing before the commit, so that locks it takes are held shortly. Once per `key`. */
  beforeCommit(key: unknown, work: Work): void {
    if (!this.before.has(key)) this.before.set(key, work);
  }

  afterCommit(work: () => void): void {
    this.after.push(work);
  }

  /** @internal */
  async prepareCommit(): Promise<void> {
    for (const work of this.before.values()) await work();
  }

  /** @internal */
  committed(): void {
    for (const work of this.after) work();
  }
}
