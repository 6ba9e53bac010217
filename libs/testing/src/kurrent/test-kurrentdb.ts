import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { describeUnless } from '../describe-unless';
import { eventually } from '../eventually';
import { freePorts } from '../free-ports';
import { dockerAnswers } from '../kafka-broker/docker-kafka';

const IMAGE = 'docker.kurrent.io/kurrent-latest/kurrentdb:25.1';
const PULL_PATIENCE_MS = 300_000;

/** Fetching the image takes longer than a test may: for the `beforeAll` that waits. */
export const KURRENTDB_START_PATIENCE_MS = 300_000;

export interface TestKurrentDb {
  readonly url: string;
  close(): void;
}

/**
 * A suite that needs a real KurrentDB: that of `KURRENTDB_URL`, else one in Docker when an engine
 * answers. Where neither is to be had it does not pass in silence: it is reported as skipped, and
 * the run says why.
 */
export function describeOnKurrentDb(title: string, suite: () => void): void {
  describeUnless(whyNot(), title, suite);
}

function whyNot(): string | undefined {
  if (process.env['KURRENTDB_URL'] !== undefined || dockerAnswers()) return undefined;
  return 'no KurrentDB: KURRENTDB_URL is not set and no Docker engine answers (there is no other way to get the server). The adapter was held against a stand-in only, which proves nothing about KurrentDB.';
}

/** The server itself; its streams are whoever's who came before. */
export async function testKurrentDb(): Promise<TestKurrentDb> {
  const given = process.env['KURRENTDB_URL'];
  if (given !== undefined) return { url: given, close: () => undefined };
  const [port = 0] = await freePorts(1);
  const container = `voltledger-kurrentdb-${randomUUID().slice(0, 8)}`;
  docker(
    'run',
    '--detach',
    '--rm',
    '--name',
    container,
    '--publish',
    `127.0.0.1:${port}:2113`,
    IMAGE,
    '--insecure',
    '--mem-db',
  );
  await eventually(async () => {
    const { ok } = await fetch(`http://127.0.0.1:${port}/health/live`);
    if (!ok) throw new Error('KurrentDB is not up yet');
  }, KURRENTDB_START_PATIENCE_MS);
  process.stderr.write(`\nKurrentDB in this test run: Docker image ${IMAGE}\n`);
  return {
    url: `kurrentdb://127.0.0.1:${port}?tls=false`,
    close: () => {
      docker('stop', container);
    },
  };
}

function docker(...parameters: string[]): void {
  const { status, stderr, error } = spawnSync('docker', parameters, {
    encoding: 'utf8',
    timeout: PULL_PATIENCE_MS,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`docker ${parameters[0] ?? ''}: ${stderr.trim()}`);
}
