import { Client } from 'pg';

type Connection = InstanceType<typeof Client>;

/** Any number that nothing else uses. */
const IN_USE = 7_101_202_601;

/**
 * One connection per process that says "I need this server". It is a shared lock inside the server
 * itself, so it ends with the process, however that ends.
 */
export class Keeper {
  private constructor(
    private readonly client: Connection,
    /** Resolves when the connection breaks without our doing. */
    readonly lost: Promise<void>,
  ) {}

  /** @returns undefined when the server is about to stop, or does not answer. */
  static async on(url: string): Promise<Keeper | undefined> {
    const client = new Client({
      connectionString: url,
      application_name: 'voltledger keeper',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => {
      client.on('error', () => {
        resolve();
      });
      client.once('end', () => {
        resolve();
      });
    });
    try {
      await client.connect();
      if (await got(client, 'pg_try_advisory_lock_shared')) return new Keeper(client, lost);
    } catch (error) {
      if (isWrongPassword(error)) throw error;
    }
    await client.end().catch(() => undefined);
    return undefined;
  }

  /** Gives up our claim. Of all that leave, exactly the last is told `last`. */
  async leave(): Promise<'last' | 'others remain'> {
    await this.client.query('select pg_advisory_unlock_shared($1)', [IN_USE]);
    const last = await got(this.client, 'pg_try_advisory_lock');
    if (!last) await this.client.end();
    return last ? 'last' : 'others remain';
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }
}

async function got(client: Connection, lock: string): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(`select ${lock}($1) as got`, [IN_USE]);
  return rows[0]?.got ?? false;
}

const isWrongPassword = (error: unknown): boolean => (error as { code?: string }).code === '28P01';
