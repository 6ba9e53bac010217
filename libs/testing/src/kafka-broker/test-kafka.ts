import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { describeUnless } from '../describe-unless';
import { eventually } from '../eventually';
import { KafkaBroker, wayToKafka } from './kafka-broker';

export interface TestKafka {
  readonly brokers: readonly string[];
  /** A prefix for topics and groups that nobody else uses. */
  readonly prefix: () => string;
}

/** What the first process of a run that needs the broker leaves for the others. */
export type StartedKafka =
  | { readonly brokers: readonly string[]; readonly pid?: number; readonly container?: string }
  | { readonly failed: string };

/** Fetching Kafka the first time takes longer than a test may: for the `beforeAll` that waits. */
export const START_PATIENCE_MS = 300_000;
const STARTED = 'started.json';

/**
 * Specs of one Jest run share one real broker: the first that needs it starts it, and Jest's
 * teardown ends it.
 */
export async function testKafka(): Promise<TestKafka> {
  const started = await startedIn(runFolder());
  if ('failed' in started) throw new Error(started.failed);
  return { brokers: started.brokers, prefix: () => `t${randomUUID().slice(0, 8)}.` };
}

/**
 * A suite that needs a real broker. Where none is to be had it does not pass in silence: it is
 * reported as skipped, and the run says why.
 */
export function describeOnKafka(title: string, suite: () => void): void {
  describeUnless(whyNot(), title, suite);
}

function whyNot(): string | undefined {
  try {
    wayToKafka();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @returns undefined when no spec of the run has needed a broker. */
export function readStartedKafka(folder: string): StartedKafka | undefined {
  const file = path.join(folder, STARTED);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StartedKafka) : undefined;
}

async function startedIn(folder: string): Promise<StartedKafka> {
  if (isFirst(folder)) return start(folder);
  return eventually(() => {
    const started = readStartedKafka(folder);
    if (!started) throw new Error('the broker that another spec starts did not come up');
    return started;
  }, START_PATIENCE_MS);
}

async function start(folder: string): Promise<StartedKafka> {
  const started = await KafkaBroker.start(path.join(folder, 'broker')).then(
    ({ brokers, description, pid, container }): StartedKafka => {
      process.stderr.write(`\nKafka in this test run: ${description}\n`);
      return { brokers, ...(pid && { pid }), ...(container && { container }) };
    },
    (error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) }),
  );
  const draft = path.join(folder, `${STARTED}.new`);
  writeFileSync(draft, JSON.stringify(started));
  renameSync(draft, path.join(folder, STARTED));
  return started;
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(path.join(folder, 'starting'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function runFolder(): string {
  const folder = process.env['VOLTLEDGER_TEST_KAFKA_FOLDER'];
  if (folder === undefined)
    throw new Error('Kafka is for tests in *.integration.spec.ts, or in test/.');
  return folder;
}
