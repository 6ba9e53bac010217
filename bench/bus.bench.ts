import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  Connections,
  EmbeddedPostgres,
  KafkaMessageBus,
  PgMessageBus,
  type RunningBus,
  busMigrations,
  ensureDatabase,
  kafkaSettingsFor,
  migrate,
} from '@voltledger/platform';
import { KafkaBroker, KafkaUnavailable, eventually } from '@voltledger/testing';
import { type BenchReport, type BenchValues, bench } from './bench';
import { type Contestant, TOPIC } from './bus/contestant';
import { ourBus } from './bus/our-bus';
import { connectedAdmin, rawKafka, recordsIn } from './bus/raw-kafka';
import { rawSql } from './bus/raw-sql';
import { type Latency, type Throughput, latency, throughput } from './bus/rounds';

const options = {
  messages: { meaning: 'messages per round', default: 20_000, min: 1_000, max: 1_000_000 },
  paced: { meaning: 'messages for the latency', default: 300, min: 10, max: 10_000 },
} as const;

type Values = BenchValues<typeof options>;
type Tell = (what: string) => void;

const PARTITIONS = 16;
const FORWARD_PATIENCE_MS = 600_000;
const reports = {
  report: (error: unknown) => {
    console.error(error);
  },
};

interface Result extends Throughput {
  readonly name: string;
  readonly latency?: Latency;
}

async function round(contestant: Contestant, values: Values, bus?: RunningBus): Promise<Result> {
  try {
    const figures = await throughput(contestant, values.messages);
    const name = contestant.name;
    return bus
      ? { name, ...figures, latency: await latency(bus, values.paced) }
      : { name, ...figures };
  } finally {
    await contestant.close();
  }
}

/** A database of its own, so that nobody reads what another left. */
async function inDatabase<Outcome>(
  server: EmbeddedPostgres,
  name: string,
  work: (database: Connections, url: string) => Promise<Outcome>,
): Promise<Outcome> {
  await ensureDatabase(server.url(), name);
  const url = server.url(name);
  await migrate(url, [{ name: 'bus', migrations: busMigrations }]);
  const database = Connections.to({ url, poolSize: 12, name: 'bench' });
  try {
    return await work(database, url);
  } finally {
    await database.close();
  }
}

async function onPostgres(
  server: EmbeddedPostgres,
  values: Values,
  tell: Tell,
): Promise<readonly [raw: Result, ours: Result]> {
  tell(`raw SQL: ${values.messages} messages`);
  const raw = await inDatabase(server, 'raw', async (database) =>
    round(await rawSql(database), values),
  );
  tell(`PgMessageBus: ${values.messages} messages`);
  const ours = await inDatabase(server, 'pg', async (database, url) => {
    const bus = await PgMessageBus.open(database, reports, { url });
    return round(ourBus('PgMessageBus', bus), values, bus);
  });
  return [raw, ours];
}

async function onKafka(
  server: EmbeddedPostgres,
  { brokers, description }: KafkaBroker,
  values: Values,
  tell: Tell,
): Promise<readonly [raw: Result, ours: Result]> {
  tell(`raw kafkajs on ${description}: ${values.messages} messages`);
  const raw = await round(await rawKafka(brokers, PARTITIONS), values);
  tell(`KafkaMessageBus: ${values.messages} messages`);
  const ours = await inDatabase(server, 'kafka', async (database, url) => {
    const prefix = 'bench.ours.';
    const kafka = kafkaSettingsFor(brokers, { prefix, partitions: PARTITIONS });
    const bus = await KafkaMessageBus.open(database, reports, { url, kafka });
    const admin = await connectedAdmin(brokers);
    const forwarded = (count: number): Promise<void> =>
      eventually(async () => {
        const inKafka = await recordsIn(admin, prefix + TOPIC);
        if (inKafka < count) throw new Error(`${inKafka} of ${count} are in Kafka`);
      }, FORWARD_PATIENCE_MS);
    try {
      return await round(ourBus('KafkaMessageBus', bus, forwarded), values, bus);
    } finally {
      await admin.disconnect();
    }
  });
  return [raw, ours];
}

async function withKafka(server: EmbeddedPostgres, folder: string, values: Values, tell: Tell) {
  try {
    const broker = await KafkaBroker.start(path.join(folder, 'kafka'));
    try {
      return await onKafka(server, broker, values, tell);
    } finally {
      await broker.remove();
    }
  } catch (error) {
    if (error instanceof KafkaUnavailable) return error.message;
    throw error;
  }
}

const whole = (figure: number): string => Math.round(figure).toLocaleString('en').padStart(10);
const ratio = (ours: number, raw: number): number => Number((ours / raw).toFixed(2));

function line({ name, publish, drain, latency: times }: Result): string {
  const shown = times
    ? `${times.p50.toFixed(1).padStart(9)} ${times.p99.toFixed(1).padStart(7)}`
    : '';
  return `${name.padEnd(16)} ${whole(publish)} ${whole(drain)} ${shown}`;
}

const compared = ([raw, ours]: readonly [Result, Result]): string =>
  `${ours.name}: ${ratio(ours.publish, raw.publish)} of ${raw.name} publishing, ` +
  `${ratio(ours.drain, raw.drain)} reading.`;

const figuresOf = ([raw, ours]: readonly [Result, Result]) => ({
  raw,
  ours,
  publishRatio: ratio(ours.publish, raw.publish),
  drainRatio: ratio(ours.drain, raw.drain),
});

async function run(values: Values, tell: Tell): Promise<BenchReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-bench-'));
  const server = await EmbeddedPostgres.start({ folder: path.join(folder, 'postgres') });
  try {
    const postgres = await onPostgres(server, values, tell);
    const kafka = await withKafka(server, folder, values, tell);
    const pairs = typeof kafka === 'string' ? [postgres] : [postgres, kafka];
    return {
      lines: [
        'messages/s          publish       read   p50 ms  p99 ms',
        ...pairs.flat().map(line),
        '',
        ...pairs.map(compared),
        'A message on Kafka is first a row in PostgreSQL: its publishing is that of the outbox.',
        ...(typeof kafka === 'string' ? [`Kafka DID NOT RUN: ${kafka}`] : []),
      ],
      figures: {
        postgres: figuresOf(postgres),
        kafka: typeof kafka === 'string' ? kafka : figuresOf(kafka),
      },
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const busBench = bench({
  name: 'bus',
  summary: 'messages per second and latency of each bus, beside raw SQL and raw kafkajs',
  options,
  run,
});
