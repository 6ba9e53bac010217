import { setTimeout as pause } from 'node:timers/promises';
import { type BenchReport, type BenchValues, bench } from './bench';
import { Child } from './ocpp/child';
import { type LoadFigures, type ServerUse } from './ocpp/protocol';

const WARM_UP_SECONDS = 3;
const SETTLING_MS_MAX = 120_000;

const options = {
  stations: { meaning: 'stations connected to the platform', default: 2_000, min: 1, max: 5_000 },
  charging: { meaning: 'of which charge, in closed loop', default: 100, min: 1, max: 5_000 },
  seconds: { meaning: 'measured, each of the two', default: 20, min: 1, max: 600 },
} as const;

type Values = BenchValues<typeof options>;

/** One server under the load. CPU in milliseconds per call. */
interface Measured {
  readonly connectMs: number;
  readonly rss: number;
  readonly held: ServerUse['held'];
  readonly load: LoadFigures;
  readonly cpuPerCall: number;
  readonly databaseCpuPerCall: number | undefined;
}

type Tell = (what: string) => void;

async function measured(server: 'bare-gateway' | 'whole-platform', values: Values, tell: Tell) {
  const { stations, charging, seconds } = values;
  const settings = { BENCH_STATIONS: String(stations), BENCH_CHARGING: String(charging) };
  tell(`${server}: starting, letting ${stations} stations in`);
  const under = Child.start(server, settings);
  try {
    const { url } = await under.ask('ready');
    const load = Child.start('load', { ...settings, BENCH_URL: url });
    try {
      const { milliseconds } = await load.ask('connected');
      tell(`${server}: ${stations} connected; ${charging} charge for ${seconds} s`);
      return await figuresOf(under, load, seconds, milliseconds);
    } finally {
      await load.stop();
    }
  } finally {
    await under.stop();
  }
}

async function figuresOf(
  server: Child,
  load: Child,
  seconds: number,
  connectMs: number,
): Promise<Measured> {
  const warm = await load.ask('figures', { ask: 'charge', seconds: WARM_UP_SECONDS });
  const before = await settled(server, warm.transactions);
  const figures = await load.ask('figures', { ask: 'charge', seconds });
  const after = await settled(server, warm.transactions + figures.transactions);
  const perCall = (micros: number): number => micros / 1_000 / figures.calls;
  const { databaseCpuMicros: end } = after;
  const { databaseCpuMicros: start } = before;
  return {
    ...{ connectMs, rss: after.rss, held: after.held, load: figures },
    cpuPerCall: perCall(after.cpuMicros - before.cpuMicros),
    databaseCpuPerCall: end === undefined || start === undefined ? undefined : perCall(end - start),
  };
}

/** When every transaction has its CDR, or is held: what is done after the answers belongs to the calls as well. */
async function settled(server: Child, transactions: number): Promise<ServerUse> {
  const end = performance.now() + SETTLING_MS_MAX;
  for (;;) {
    const use = await server.ask('use', { ask: 'use' });
    if (use.cdrs + heldIn(use) >= transactions) return use;
    if (performance.now() > end) {
      const held = JSON.stringify(use.held);
      throw new Error(
        `only ${use.cdrs} of ${transactions} transactions have their CDR; held ${held}`,
      );
    }
    await pause(250);
  }
}

const heldIn = ({ held }: ServerUse): number =>
  Object.values(held).reduce((sum, each) => sum + each, 0);

const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

function shown(name: string, { load, cpuPerCall, databaseCpuPerCall }: Measured): string {
  const perSecond = (count: number): string =>
    String(Math.round(count / (load.milliseconds / 1e3)));
  const { p50, p95, p99 } = load.latency;
  const latency = [p50, p95, p99].map((ms) => ms.toFixed(1).padStart(7)).join('');
  const database = databaseCpuPerCall === undefined ? '–' : databaseCpuPerCall.toFixed(3);
  return [
    name.padEnd(16),
    perSecond(load.transactions).padStart(8),
    perSecond(load.calls).padStart(8),
    latency,
    cpuPerCall.toFixed(3).padStart(9),
    database.padStart(9),
  ].join(' ');
}

/** The load is meant to be plausible: a held session says that something is not as it should be. */
const heldLine = ({ held }: Measured): string[] =>
  Object.keys(held).length > 0 ? [`Held instead of billed: ${JSON.stringify(held)}`] : [];

function report(bare: Measured, whole: Measured, { stations }: Values): BenchReport {
  const ratio = whole.cpuPerCall / bare.cpuPerCall;
  const megabytes = Math.round(whole.rss / 1_048_576);
  const connectSeconds = round(whole.connectMs / 1_000, 1);
  const figuresOfOne = ({ load, cpuPerCall, databaseCpuPerCall }: Measured) => ({
    transactionsPerSecond: round(load.transactions / (load.milliseconds / 1_000), 1),
    callsPerSecond: round(load.calls / (load.milliseconds / 1_000), 1),
    latencyMs: load.latency,
    cpuMsPerCall: round(cpuPerCall),
    databaseCpuMsPerCall: databaseCpuPerCall === undefined ? null : round(databaseCpuPerCall),
  });
  return {
    lines: [
      '                     tx/s  calls/s    p50    p95    p99 ms  CPU ms/call  PostgreSQL',
      shown('bare gateway', bare),
      shown('whole platform', whole),
      '',
      `The whole costs ${ratio.toFixed(1)} times the CPU of the bare gateway per call (all six services,`,
      'until every transaction has its CDR; PostgreSQL apart).',
      `${stations} stations were connected in ${connectSeconds} s; ${megabytes} MB in the process.`,
      ...heldLine(whole),
    ],
    figures: {
      bare: figuresOfOne(bare),
      whole: figuresOfOne(whole),
      cpuRatio: round(ratio, 2),
      ...{ connectSeconds, megabytes, held: whole.held },
    },
  };
}

export const ocppBench = bench({
  name: 'ocpp',
  summary: 'calls of stations in closed loop: a bare WebSocket gateway, and the whole platform',
  options,
  run: async (values: Values, tell: Tell) => {
    if (values.charging > values.stations)
      return { lines: ['--charging cannot be more than --stations.'], figures: {} };
    const bare = await measured('bare-gateway', values, tell);
    return report(bare, await measured('whole-platform', values, tell), values);
  },
});
