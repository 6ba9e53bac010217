import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tariffSchema } from '@voltledger/contracts';
import {
  ApiKeys,
  EmbeddedPostgres,
  ensureDatabase,
  type RunningServices,
  startServices,
} from '@voltledger/platform';
import { OperatorClient, SAMPLE_PARTY, SAMPLE_UPDATED_AT } from '@voltledger/testing';
import { tariffService } from '../apps/tariff/src/app.module';
import { type BenchReport, type BenchValues, bench } from './bench';
import { chargedSession } from './rating/charged-sessions';
import { copyDifferences, multiplySessions } from './rating/past-sessions';

const options = {
  sessions: {
    meaning: 'sessions of the past that are rated anew',
    default: 100_000,
    min: 20,
    max: 1_000_000,
  },
} as const;
type Values = BenchValues<typeof options>;
type Tell = (what: string) => void;

/** Charging minutes of the sessions that are copied: a reading each. */
const MINUTES = [5, 12, 18, 25, 30, 35, 42, 55, 70, 120];
const PERIOD = { from: '2020-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };

/** Day and night prices, a start fee, parking by the minute: windows, steps and VAT all at work. */
const tariff = (energy: number) => {
  const parts = (dimension: string, price: number, stepSize = 1) => ({
    ...{ dimension, price, stepSize, vat: '19' },
  });
  const { updatedAt: _updatedAt, ...draft } = tariffSchema.parse({
    ...SAMPLE_PARTY,
    ...{ tariffId: 'BENCH', currency: 'EUR', taxIncluded: 'NO', updatedAt: SAMPLE_UPDATED_AT },
    elements: [
      {
        components: [parts('ENERGY', energy), parts('PARKING_TIME', 6_000_000, 60)],
        restrictions: { startTime: '06:00', endTime: '18:00' },
      },
      { components: [parts('FLAT', 350_000), parts('ENERGY', energy - 100_000)] },
    ],
  });
  return draft;
};

interface Rerating {
  readonly status: string;
  readonly done: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly progress: Readonly<Record<string, number>>;
}

async function measured(
  running: RunningServices,
  values: Values,
  tell: Tell,
): Promise<BenchReport> {
  const keys = running.app.get(ApiKeys);
  const operator = new OperatorClient(running.url, (await keys.create('bench', ['admin'])).key);
  const approver = new OperatorClient(running.url, (await keys.create('other', ['finance'])).key);
  await operator.put('tariffs/BENCH', tariff(490_000));
  const { database } = running.storage;
  tell(`${MINUTES.length} sessions charge, then they are copied to ${values.sessions}`);
  for (const minutes of MINUTES)
    await running.storage.bus.publish(chargedSession(minutes, 'BENCH'));
  await until(async () => {
    const [row] = await database.query<{ ended: number }>(
      'select count(*)::int as ended from tariff.session_prices where rated is not null',
    );
    return row?.ended === MINUTES.length;
  });
  const sessions = await multiplySessions(database, values.sessions);

  tell('baseline: the same rows read and written, nothing rated');
  const baseline = await timed(() => copyDifferences(database));

  tell('re-rating: asked for, rated in the background');
  const body = { ...PERIOD, tariff: tariff(450_000), reason: 'Bench' };
  let path = '';
  const rating = await timed(async () => {
    const { reratingId } = await operator.post<{ reratingId: string }>('tariffs/reratings', body);
    path = `tariffs/reratings/${reratingId}`;
    return until(async () => (await headOf(operator, reratingId)) === 'computed');
  });
  const { outcomes } = await operator.get<Rerating>(path);

  tell('approved: every new price is told to billing');
  const telling = await timed(async () => {
    await approver.post(`${path}/approval`, { note: 'Bench' });
    return until(
      async () => (await headOf(operator, path.split('/').at(-1) ?? '')) === 'published',
    );
  });
  return report({ sessions, changed: outcomes['changed'] ?? 0, baseline, rating, telling });
}

async function headOf(operator: OperatorClient, reratingId: string): Promise<string | undefined> {
  const { items } = await operator.get<{ items: { reratingId: string; status: string }[] }>(
    'tariffs/reratings',
  );
  return items.find((each) => each.reratingId === reratingId)?.status;
}

/** Looks again and again: the work is done in the background. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(100);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

interface Figures {
  readonly sessions: number;
  readonly changed: number;
  /** Seconds. */
  readonly baseline: number;
  readonly rating: number;
  readonly telling: number;
}

function report({ sessions, changed, baseline, rating, telling }: Figures): BenchReport {
  const perSecond = (seconds: number): number => Math.round(sessions / seconds);
  const line = (name: string, seconds: number): string =>
    [name.padEnd(46), seconds.toFixed(1).padStart(8), String(perSecond(seconds)).padStart(11)].join(
      ' ',
    );
  const ratio = rating / baseline;
  const readings = MINUTES.reduce((sum, minutes) => sum + minutes, 0) / MINUTES.length;
  return {
    lines: [
      `${sessions} sessions with ${readings.toFixed(0)} readings on average, ${changed} change`,
      '                                                seconds  sessions/s',
      line('baseline: rows read and written, nothing rated', baseline),
      line('re-rating: rated anew, differences shown', rating),
      line('approved: new prices told, each with its trace', telling),
      '',
      `Rating anew takes ${ratio.toFixed(1)} times as long as only moving the rows.`,
    ],
    figures: {
      ...{ sessions, changed, ratio: Number(ratio.toFixed(2)) },
      baselinePerSecond: perSecond(baseline),
      ratedPerSecond: perSecond(rating),
      toldPerSecond: perSecond(telling),
    },
  };
}

export const ratingBench = bench({
  name: 'rating',
  summary: 're-rating of past sessions, beside moving the same rows without rating them',
  options,
  run: async (values: Values, tell: Tell) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-bench-'));
    const postgres = await EmbeddedPostgres.start({ folder });
    try {
      await ensureDatabase(postgres.url(), 'bench');
      const running = await startServices([tariffService], {
        environment: {
          ...{ DATABASE_URL: postgres.url('bench'), HTTP_PORT: '0', LOG_LEVEL: 'error' },
          TARIFF_REPRICING_REST_MS: '50',
        },
      });
      try {
        return await measured(running, values, tell);
      } finally {
        await running.close();
      }
    } finally {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
