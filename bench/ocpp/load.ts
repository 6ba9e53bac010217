import { StationWire } from '@voltledger/testing';
import { fail, onAsked, tell } from './child';
import { PASSWORD, cardOf, stationId } from './protocol';

const CONNECTING_AT_ONCE = 50;
const READINGS = 20;
const CALL_TIMEOUT_MS = 60_000;
const LATENCIES_MAX = 2_000_000;

const setting = (name: string): string => process.env[`BENCH_${name}`] ?? '';
const stations = Number(setting('STATIONS'));
const charging = Number(setting('CHARGING'));

/** A station of the load: it sends the next call when the last was answered. */
class LoadStation {
  private watts = 1_000_000;

  constructor(
    private readonly wire: StationWire,
    private readonly card: string,
    private readonly count: (milliseconds: number) => void,
  ) {}

  boot(): Promise<unknown> {
    return this.wire.call('BootNotification', {
      ...{ chargePointVendor: 'Voltledger', chargePointModel: 'Bench' },
    });
  }

  /** @returns how many transactions it made until then. */
  async chargeUntil(end: number): Promise<number> {
    let transactions = 0;
    while (performance.now() < end) {
      await this.transaction();
      transactions += 1;
    }
    return transactions;
  }

  private async transaction(): Promise<void> {
    const { transactionId } = (await this.call('StartTransaction', {
      ...{ connectorId: 1, idTag: this.card, meterStart: this.watts, timestamp: now() },
    })) as { transactionId: number };
    for (let reading = 1; reading <= READINGS; reading += 1)
      await this.call('MeterValues', {
        ...{ connectorId: 1, transactionId },
        meterValue: [{ timestamp: now(), sampledValue: this.sample(reading) }],
      });
    this.watts += 2;
    await this.call('StopTransaction', {
      ...{ transactionId, meterStop: this.watts, timestamp: now() },
    });
  }

  /** A tenth of a watt-hour at a time: however fast the calls go, no charger is outdone. */
  private sample(reading: number): object[] {
    const value = (this.watts + reading / 10).toFixed(1);
    return [
      { value, measurand: 'Energy.Active.Import.Register', unit: 'Wh', context: 'Sample.Periodic' },
      { value: '11000', measurand: 'Power.Active.Import', unit: 'W', context: 'Sample.Periodic' },
    ];
  }

  private async call(action: string, payload: object): Promise<unknown> {
    const sent = performance.now();
    const answer = await this.wire.call(action, payload);
    this.count(performance.now() - sent);
    return answer;
  }
}

const now = (): string => new Date().toISOString();
let latencies: number[] = [];
const count = (milliseconds: number): void => {
  if (latencies.length < LATENCIES_MAX) latencies.push(milliseconds);
};

async function connect(): Promise<LoadStation[]> {
  const connected: LoadStation[] = [];
  let next = 1;
  const open = async (): Promise<void> => {
    while (next <= stations) {
      const number = next;
      const identity = stationId(number);
      next += 1;
      const options = {
        ...{ url: setting('URL'), identity, password: PASSWORD, subprotocol: 'ocpp1.6' },
        callTimeoutMs: CALL_TIMEOUT_MS,
      };
      const wire = await StationWire.open(options, () => Promise.resolve({}), lost);
      const station = new LoadStation(wire, cardOf(number), count);
      await station.boot();
      connected.push(station);
    }
  };
  await Promise.all(Array.from({ length: CONNECTING_AT_ONCE }, open));
  return connected;
}

const lost = (): void => {
  fail(new Error('a station of the load lost its connection'));
};

async function charge(all: readonly LoadStation[], seconds: number) {
  latencies = [];
  const began = performance.now();
  const end = began + seconds * 1_000;
  const made = await Promise.all(all.slice(0, charging).map((station) => station.chargeUntil(end)));
  const sorted = latencies.sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return {
    kind: 'figures' as const,
    milliseconds: performance.now() - began,
    calls: sorted.length,
    transactions: made.reduce((sum, each) => sum + each, 0),
    latency: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
  };
}

async function start(): Promise<void> {
  const began = performance.now();
  const all = await connect();
  onAsked((asked) => charge(all, asked.ask === 'charge' ? asked.seconds : 0));
  process.on('SIGTERM', () => process.exit(0));
  tell({ kind: 'connected', milliseconds: performance.now() - began });
}

start().catch(fail);
