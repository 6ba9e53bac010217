import { Client } from 'pg';
import { type Connections } from '../database';
import { type Place, slotKey } from './partitions';

type Connection = InstanceType<typeof Client>;

const GATHER_MS = 5;
const RECONNECT_MS = 500;
/** PostgreSQL takes less than 8,000 bytes. */
const PAYLOAD_CHARACTERS_MAX = 7_000;

export interface SignalOptions {
  readonly url: string;
  readonly channel: string;
  /** What sends; the connection that listens does nothing else. */
  readonly connections: Connections;
  /** This process, so that it does not listen to itself. */
  readonly member: string;
  /** `undefined`: something happened, look for yourself. */
  readonly onHigher: (places: readonly Place[] | undefined) => void;
  readonly report: (error: unknown) => void;
}

/**
 * Wakes other processes when a log has grown. Signals are gathered for a few milliseconds and sent
 * outside of any transaction: a NOTIFY inside one takes a lock that all commits wait for. A signal
 * may get lost; readers look for themselves every now and then.
 */
export class LogSignals {
  private client: Connection | undefined;
  private backendPid: number | undefined;
  private readonly gathered = new Map<string, Place>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: SignalOptions) {}

  /** The server's process for our connection; undefined while there is none. */
  get backend(): number | undefined {
    return this.backendPid;
  }

  async connect(): Promise<void> {
    const { url, channel } = this.options;
    const client = new Client({
      connectionString: url,
      application_name: 'voltledger signals',
      keepAlive: true,
    });
    client.on('error', this.options.report);
    client.once('end', () => {
      this.reconnect();
    });
    client.on('notification', ({ payload }) => {
      this.receive(payload ?? '');
    });
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      this.client = client;
      this.backendPid = rows[0]?.pid;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  tell(places: readonly Place[]): void {
    for (const place of places) this.gathered.set(slotKey(place), place);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.send();
    }, GATHER_MS);
  }

  /** We came or left: let the others see at once how to share the work. */
  callOthers(): Promise<void> {
    return this.notify(JSON.stringify({ member: this.options.member }));
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    if (this.gathered.size > 0) await this.send();
    await this.client?.end().catch(this.options.report);
  }

  private async send(): Promise<void> {
    const places = [...this.gathered.values()];
    this.gathered.clear();
    const { member } = this.options;
    const full = JSON.stringify({ member, places: places.map(asTuple) });
    await this.notify(full.length > PAYLOAD_CHARACTERS_MAX ? JSON.stringify({ member }) : full);
  }

  private async notify(payload: string): Promise<void> {
    try {
      await this.options.connections.query('select pg_notify($1, $2)', [
        this.options.channel,
        payload,
      ]);
    } catch (error) {
      this.options.report(error);
    }
  }

  private receive(payload: string): void {
    const signal = JSON.parse(payload) as { member: string; places?: readonly Tuple[] };
    if (signal.member === this.options.member) return;
    this.options.onHigher(signal.places?.map(asPlace));
  }

  private reconnect(): void {
    this.client = undefined;
    this.backendPid = undefined;
    if (this.closed) return;
    setTimeout(() => {
      if (this.closed) return;
      this.connect().then(
        () => {
          this.options.onHigher(undefined);
        },
        // It has ended, so we come back here.
        this.options.report,
      );
    }, RECONNECT_MS);
  }
}

type Tuple = readonly [topic: string, partition: number, position: number];

const asTuple = ({ topic, partition, position }: Place): Tuple => [topic, partition, position];
const asPlace = ([topic, partition, position]: Tuple): Place => ({ topic, partition, position });
