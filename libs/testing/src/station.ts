import { type Clock, type Instant, type MilliWattHours, instantAt } from '@voltledger/kernel';
import {
  type PlugState,
  type RemoteStart,
  type SimulatedToken,
  type StationDialect,
} from './station-dialect';
import { dialect16 } from './station-dialect-16';
import { dialect201 } from './station-dialect-201';
import { StationOutbox } from './station-outbox';
import { SimulatedTransaction } from './station-transaction';
import { CallErrorAnswer, StationWire, type WireOptions } from './station-wire';

export const stationDialects = { '1.6': dialect16, '2.0.1': dialect201 } as const;
export type SimulatedVersion = keyof typeof stationDialects;

export interface StationOptions extends Omit<WireOptions, 'subprotocol'> {
  readonly version: SimulatedVersion;
  /** Tells times that a script does not give. Default: the machine's clock. */
  readonly now?: Clock;
  /** Comes back by itself, this many milliseconds after a connection was lost. */
  readonly reconnectAfterMs?: number;
}

export interface StartOptions {
  readonly evse?: number;
  readonly token?: SimulatedToken;
  readonly register: MilliWattHours;
  readonly at?: Instant;
  readonly remoteStartId?: number;
}

/** What a station does with calls that are neither remote start nor stop. */
export type Answering = (payload: Record<string, unknown>) => object | Promise<object>;

/**
 * A charging station over a real WebSocket, as a script directs it. Its sessions need no wall-clock
 * time: times are given, and it waits for nothing but answers.
 */
export class SimulatedStation {
  readonly identity: string;
  readonly transactions: SimulatedTransaction[] = [];
  /** Decides about a remote start and carries it out after the answer; default: refuse. */
  onRemoteStart: (request: RemoteStart) => (() => Promise<unknown>) | undefined = () => undefined;
  /** The same for a remote stop of a transaction that runs here. */
  onRemoteStop: (transaction: SimulatedTransaction) => (() => Promise<unknown>) | undefined = () =>
    undefined;
  private readonly dialect: StationDialect;
  private readonly outbox = new StationOutbox();
  private readonly answers = new Map<string, Answering>();
  private connection: StationWire | undefined;
  private wanted = false;

  constructor(private readonly options: StationOptions) {
    this.identity = options.identity;
    this.dialect = stationDialects[options.version];
  }

  get isOnline(): boolean {
    return this.connection !== undefined;
  }

  /** Reports the CSMS has not acknowledged. */
  get unacknowledged(): number {
    return this.outbox.size;
  }

  /** For frames and faults of a script's own. @throws Error when offline */
  get wire(): StationWire {
    if (!this.connection) throw new Error(`${this.identity} is offline`);
    return this.connection;
  }

  /** Resolves when everything that was kept is acknowledged. @throws UpgradeRefused */
  async connect(): Promise<void> {
    this.wanted = true;
    const { subprotocol } = this.dialect;
    this.connection = await StationWire.open(
      { ...this.options, subprotocol },
      (action, payload) => this.serve(action, payload),
      (wire) => {
        this.lost(wire);
      },
    );
    await this.outbox.online(this.connection);
  }

  /** From now on reports are kept. */
  async goOffline(): Promise<void> {
    this.wanted = false;
    const { connection } = this;
    this.connection = undefined;
    this.outbox.offline();
    await connection?.close();
  }

  /** Loses the connection, comes back and boots; transactions go on. */
  async reboot(): Promise<void> {
    this.wanted = false;
    this.connection?.cut();
    this.connection = undefined;
    this.outbox.offline();
    await this.connect();
    await this.boot('Watchdog');
  }

  /** The next answers get lost: the station sends the same again under new message ids. */
  loseAnswers(count: number): void {
    this.wire.answersToLose = count;
  }

  /** @returns `Accepted`, `Pending` or `Rejected`. */
  async boot(reason = 'PowerUp'): Promise<string> {
    const { action, payload } = this.dialect.boot(this.identity, reason);
    return ((await this.wire.call(action, payload)) as { status: string }).status;
  }

  async heartbeat(): Promise<Instant> {
    const { currentTime } = (await this.wire.call('Heartbeat', {})) as { currentTime: Instant };
    return currentTime;
  }

  async status(state: PlugState, evse = 1, at: Instant = this.now()): Promise<void> {
    const { action, payload } = this.dialect.status(evse, state, at);
    if (this.connection) await this.connection.call(action, payload);
  }

  /** @returns `Accepted` and the like. */
  async authorize(token: SimulatedToken): Promise<string | undefined> {
    const { action, payload } = this.dialect.authorize(token);
    return this.dialect.verdict(await this.wire.call(action, payload));
  }

  /** Resolves when the CSMS has acknowledged the start; at once when the station is offline. */
  async start(options: StartOptions): Promise<SimulatedTransaction> {
    const { evse = 1, token, register, at = this.now(), remoteStartId } = options;
    const memory = this.dialect.begin({
      evse,
      startedWith: register,
      ...(token && { token }),
      ...(remoteStartId !== undefined && { remoteStartId }),
    });
    const isOffline = (): boolean => !this.isOnline;
    const transaction = new SimulatedTransaction(memory, this.dialect, this.outbox, isOffline);
    this.transactions.push(transaction);
    await transaction.begin(at);
    return transaction;
  }

  /** How it answers an action of the CSMS; by default it knows none but start and stop. */
  answer(action: string, answering: Answering): void {
    this.answers.set(action, answering);
  }

  async close(): Promise<void> {
    await this.goOffline();
  }

  private now(): Instant {
    return this.options.now?.() ?? instantAt(Date.now());
  }

  private lost(wire: StationWire): void {
    if (this.connection !== wire) return;
    this.connection = undefined;
    this.outbox.offline();
    const { reconnectAfterMs } = this.options;
    if (reconnectAfterMs !== undefined && this.wanted) this.comeBack(reconnectAfterMs);
  }

  private comeBack(afterMs: number): void {
    setTimeout(() => {
      if (!this.wanted || this.connection) return;
      this.connect().catch(() => {
        this.comeBack(afterMs);
      });
    }, afterMs);
  }

  private async serve(action: string, payload: Record<string, unknown>): Promise<object> {
    const scripted = this.answers.get(action);
    if (scripted) return scripted(payload);
    const start = this.dialect.remoteStart(action, payload);
    if (start) return promised(this.onRemoteStart(start));
    const stop = this.dialect.remoteStop(action, payload);
    if (stop === undefined) throw new CallErrorAnswer('NotImplemented', action, {});
    const running = this.transactions.find(({ id, isOver }) => id === stop && !isOver);
    return promised(running && this.onRemoteStop(running));
  }
}

/** Accepted is only a promise: the work comes after the answer. */
function promised(work: (() => Promise<unknown>) | undefined): object {
  if (!work) return { status: 'Rejected' };
  setImmediate(() => {
    work().catch((error: unknown) => {
      console.error('a simulated station failed', error);
    });
  });
  return { status: 'Accepted' };
}

/** A station that is connected; it has not booted yet. @throws UpgradeRefused */
export async function connectStation(options: StationOptions): Promise<SimulatedStation> {
  const station = new SimulatedStation(options);
  await station.connect();
  return station;
}
