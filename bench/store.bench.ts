import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type EventMetadata,
  type Region,
  type StreamName,
  type TenantId,
  instantAt,
  streamName,
} from '@voltledger/kernel';
import {
  Connections,
  EmbeddedPostgres,
  type RunningStore,
  ensureDatabase,
  eventStoreMigrations,
  migrate,
  openStore,
} from '@voltledger/platform';
import { eventually } from '@voltledger/testing';
import { type BenchReport, type BenchValues, bench } from './bench';

const options = {
  appends: { meaning: 'appends per contestant', default: 10_000, min: 100, max: 1_000_000 },
  events: { meaning: 'events in each append', default: 2, min: 1, max: 100 },
  writers: { meaning: 'that append at the same time', default: 32, min: 1, max: 1_000 },
} as const;

type Values = BenchValues<typeof options>;

interface Measured {
  readonly name: string;
  readonly appendsPerSecond: number;
  readonly eventsPerSecond: number;
  readonly caughtUpPerSecond: number | undefined;
}

const CATCH_UP_MS_MAX = 600_000;
const CATEGORY = 'bench';
const data = { register: 100_500_000, measuredAt: '2026-03-05T11:00:00.000Z' };
const about = (): EventMetadata => ({
  causationId: randomUUID(),
  correlationId: randomUUID(),
  tenant: 'bench' as TenantId,
  region: 'bench' as Region,
  schemaVersion: 1,
});

/** Each writer has a stream of its own. @returns seconds. */
async function writing(
  { appends, writers }: Values,
  append: (stream: StreamName, nth: number) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  const each = Math.ceil(appends / writers);
  await Promise.all(
    Array.from({ length: writers }, async () => {
      const stream = streamName(CATEGORY, randomUUID());
      for (let nth = 0; nth < each; nth += 1) await append(stream, nth);
    }),
  );
  return (performance.now() - began) / 1_000;
}

const measured = (name: string, values: Values, seconds: number, caughtUp?: number): Measured => ({
  name,
  appendsPerSecond: Math.round(values.appends / seconds),
  eventsPerSecond: Math.round((values.appends * values.events) / seconds),
  caughtUpPerSecond:
    caughtUp === undefined ? undefined : Math.round((values.appends * values.events) / caughtUp),
});

/** The least that keeps as much: a row per event, one statement and one commit per append. */
async function rawSql(database: Connections, values: Values): Promise<Measured> {
  await database.query(
    'create table raw_events (stream text, revision int, data json, primary key (stream, revision))',
  );
  const text = Array.from({ length: values.events }, () => JSON.stringify({ ...about(), data }));
  const seconds = await writing(values, (stream, nth) =>
    database.query(
      `insert into raw_events (stream, revision, data)
       select $1, $2 + n, d::json from unnest($3::text[]) with ordinality as t (d, n)`,
      [stream, nth * values.events, text],
    ),
  );
  return measured('raw SQL', values, seconds);
}

async function ourStore(name: string, store: RunningStore, values: Values): Promise<Measured> {
  const events = Array.from({ length: values.events }, () => ({ type: 'Measured', data }));
  const seconds = await writing(values, (stream, nth) =>
    store.append(stream, nth * values.events, events, about()),
  );
  const expected = Math.ceil(values.appends / values.writers) * values.writers * values.events;
  let seen = 0;
  const began = performance.now();
  const subscription = await store.subscribe({
    reader: `bench ${randomUUID()}`,
    categories: [CATEGORY],
    handle: (some) => {
      seen += some.length;
      return Promise.resolve();
    },
  });
  await eventually(() => {
    if (seen < expected) throw new Error(`${seen} of ${expected} events are read`);
  }, CATCH_UP_MS_MAX);
  const caughtUp = (performance.now() - began) / 1_000;
  await subscription.stop();
  await store.close();
  return measured(name, values, seconds, caughtUp);
}

async function allOf(server: EmbeddedPostgres, values: Values, tell: (what: string) => void) {
  await ensureDatabase(server.url(), 'store');
  const url = server.url('store');
  await migrate(url, [{ name: 'event-store', migrations: eventStoreMigrations }]);
  const connections = Connections.to({ url, poolSize: 12, name: 'bench' });
  const clock = () => instantAt(Date.now());
  const reports = { report: console.error };
  const shared = { url, connections, handlers: connections, clock, reports };
  try {
    tell('raw SQL');
    const results = [await rawSql(connections, values)];
    tell('PgEventStore');
    const pg = await openStore({ ...shared, kurrentDbUrl: undefined });
    results.push(await ourStore('PgEventStore', pg, values));
    const kurrentDbUrl = process.env['KURRENTDB_URL'];
    if (kurrentDbUrl === undefined) return results;
    tell('KurrentEventStore');
    const kurrent = await openStore({ ...shared, kurrentDbUrl });
    return [...results, await ourStore('KurrentEventStore', kurrent, values)];
  } finally {
    await connections.close();
  }
}

function report(results: readonly Measured[]): BenchReport {
  const [raw] = results;
  const ratio = (one: Measured): number =>
    Math.round((100 * one.appendsPerSecond) / (raw?.appendsPerSecond ?? 1)) / 100;
  const right = (value: number | undefined): string => String(value ?? '–').padStart(11);
  const lines = results.map((each) =>
    [
      each.name.padEnd(18),
      right(each.appendsPerSecond),
      right(each.eventsPerSecond),
      right(each.caughtUpPerSecond),
      right(ratio(each)),
    ].join(' '),
  );
  const missing = results.some(({ name }) => name === 'KurrentEventStore')
    ? []
    : ['', 'KurrentDB was NOT measured: KURRENTDB_URL is not set.'];
  return {
    lines: [
      '                     appends/s    events/s  caught up/s  of raw SQL',
      ...lines,
      ...missing,
    ],
    figures: {
      contestants: results.map((each) => ({ ...each, ofRawSql: ratio(each) })),
      kurrentDb: missing.length === 0,
    },
  };
}

export const storeBench = bench({
  name: 'store',
  summary: 'appends and catching up: raw SQL, and each event store',
  options,
  run: async (values: Values, tell) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-bench-'));
    const server = await EmbeddedPostgres.start({ folder: path.join(folder, 'postgres') });
    try {
      return report(await allOf(server, values, tell));
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
