import { type Pool as PgPool, type PoolClient } from 'pg';
import { type Transaction } from '@voltledger/kernel';
import { isOutdated, statementName } from './statement-names';

type Pool = InstanceType<typeof PgPool>;

/** Done as the last thing before the commit, and sent together with it. */
export interface LastStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Told the rows, when everything is committed. */
  readonly committed?: (rows: readonly unknown[]) => void;
}

/**
 * A transaction, with what is to happen around its commit. It takes a connection with its first
 * statement: work that turns out to need none costs none. Several may use it at once; statements
 * are sent in the order they are asked for, without waiting for the answers before.
 */
export class PgTransaction implements Transaction {
  private readonly last = new Map<unknown, () => LastStatement>();
  private readonly after: (() => void)[] = [];
  private beginning: Promise<Begun> | undefined;

  constructor(private readonly pool: Pool) {}

  /** Whether anything is done in it, or will be at its end. */
  get used(): boolean {
    return this.beginning !== undefined || this.last.size > 0;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { client } = await this.begun();
    const { rows } = await send(client, sql, parameters);
    return rows as Row[];
  }

  /**
   * Adds a statement to the end of the transaction, so that locks it takes are held shortly. Once
   * per `key`. It is made when the work has ended. To refuse the commit it has to fail.
   */
  atEnd(key: unknown, statement: () => LastStatement): void {
    if (!this.last.has(key)) this.last.set(key, statement);
  }

  afterCommit(work: () => void): void {
    this.after.push(work);
  }

  /** @internal */
  async commit(): Promise<void> {
    if (this.used) await this.finish();
    for (const work of this.after) work();
  }

  /** @internal A connection that cannot even roll back is broken, and the server rolls back. */
  async rollBack(cause: unknown): Promise<void> {
    const begun = await this.beginning?.catch(() => undefined);
    if (!begun) return;
    const { client } = begun;
    try {
      await client.query('ROLLBACK');
      release(client, isOutdated(cause) ? true : undefined);
    } catch (error) {
      release(client, error instanceof Error ? error : true);
    }
  }

  /** The last statements and the commit travel together; when one fails the commit rolls back. */
  private async finish(): Promise<void> {
    const { client, answer } = await this.begun();
    const statements = [...this.last.values()].map((make) => make());
    const answers = statements.map(({ sql, parameters }) => send(client, sql, parameters));
    const [, ...rows] = await settled([answer, ...answers, client.query('COMMIT')]);
    this.beginning = undefined;
    release(client);
    for (const [nth, { committed }] of statements.entries()) committed?.(rows[nth] ?? []);
  }

  private begun(): Promise<Begun> {
    this.beginning ??= begin(this.pool);
    return this.beginning;
  }
}

interface Answer {
  readonly rows: readonly unknown[];
  readonly command: string;
}

interface Begun {
  readonly client: PoolClient;
  /** Of the BEGIN, which nobody waits for before the end: what is behind it fails with it. */
  readonly answer: Promise<Answer>;
}

async function begin(pool: Pool): Promise<Begun> {
  const client = await pool.connect();
  // A connection that breaks also says so as an event; whoever awaits a statement is told anyway.
  client.on('error', alreadyTold);
  const answer = client.query('BEGIN');
  answer.catch(alreadyTold);
  return { client, answer };
}

const send = (client: PoolClient, sql: string, parameters: readonly unknown[]): Promise<Answer> =>
  client.query({ name: statementName(sql), text: sql, values: [...parameters] });

/** @throws what the first of them failed with. */
async function settled(answers: readonly Promise<Answer>[]): Promise<(readonly unknown[])[]> {
  const outcomes = await Promise.allSettled(answers);
  const done = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  if (done.at(-1)?.command !== 'COMMIT') throw new Error('the transaction was rolled back');
  return done.map(({ rows }) => rows);
}

const alreadyTold = () => undefined;

function release(client: PoolClient, broken?: Error | true): void {
  client.removeListener('error', alreadyTold);
  client.release(broken);
}
