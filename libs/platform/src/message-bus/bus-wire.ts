import { Client } from 'pg';
import { type Reports } from '../telemetry';
import { memberConnection } from './leases';
import { type Partition } from './publisher';

const CHANNEL = 'voltledger_bus';
const DEBOUNCE_MS = 5;
const RECONNECT_MS = 1_000;

type PgClient = InstanceType<typeof Client>;

/**
 * Tells other processes that there is news, and hears it from them. Sent debounced and apart from
 * the append: NOTIFY inside a transaction takes a lock of the whole server at commit.
 */
export class BusWire {
  private client: PgClient | undefined;
  private closed = false;
  private timer?: NodeJS.Timeout;
  private readonly unsent = new Map<string, Partition>();

  constructor(
    private readonly url: string,
    private readonly member: string,
    private readonly heard: (partition: Partition) => void,
    private readonly reports: Reports,
  ) {}

  async open(): Promise<void> {
    // The name marks the member as alive: when the process dies, the server drops the connection.
    const client = new Client({
      connectionString: this.url,
      application_name: memberConnection(this.member),
      keepAlive: true,
    });
    client.on('notification', ({ payload = '' }) => {
      this.read(payload);
    });
    client.on('error', () => {
      this.lost(client);
    });
    client.on('end', () => {
      this.lost(client);
    });
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    this.client = client;
  }

  tell(partitions: readonly Partition[]): void {
    for (const each of partitions) this.unsent.set(`${each.topic}/${each.partition}`, each);
    this.timer ??= setTimeout(() => void this.send(), DEBOUNCE_MS);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.client?.end();
  }

  private async send(): Promise<void> {
    delete this.timer;
    if (!this.client) return;
    const payload = `${this.member} ${[...this.unsent.keys()].join(' ')}`;
    this.unsent.clear();
    try {
      await this.client.query('select pg_notify($1, $2)', [CHANNEL, payload]);
    } catch (error) {
      // Polling finds the news; but somebody should know that the wire is down.
      this.reports.report(error, { work: 'bus.notify' });
    }
  }

  private read(payload: string): void {
    const [from, ...names] = payload.split(' ');
    if (from === this.member) return;
    for (const name of names) {
      const slash = name.lastIndexOf('/');
      this.heard({ topic: name.slice(0, slash), partition: Number(name.slice(slash + 1)) });
    }
  }

  private lost(client: PgClient): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    setTimeout(() => void this.reopen(), RECONNECT_MS);
  }

  private async reopen(): Promise<void> {
    if (this.closed) return;
    try {
      await this.open();
    } catch (error) {
      this.reports.report(error, { work: 'bus.listen' });
      setTimeout(() => void this.reopen(), RECONNECT_MS);
    }
  }
}
