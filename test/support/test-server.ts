import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedPostgres, FORGETFUL_SETTINGS } from '../../libs/platform/src/embedded';

const PREFIX = 'voltledger-test-';

export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL server for one Jest run, with data and port of its own. */
export async function startTestServer(): Promise<TestServer> {
  await removeLeftOvers();
  const folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  const server = await EmbeddedPostgres.start({ folder, settings: FORGETFUL_SETTINGS });
  return {
    url: server.url(),
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Stops the servers of runs that were killed before they could do so. */
async function removeLeftOvers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const run = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (run === undefined || isAlive(Number(run))) continue;
    const folder = path.join(tmpdir(), name);
    const server = await EmbeddedPostgres.start({ folder, settings: FORGETFUL_SETTINGS }).catch(
      () => undefined,
    );
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
