import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PREFIX = 'voltledger-test-kafka-';

interface Started {
  readonly pid?: number;
  readonly container?: string;
}

/** Where the first spec of this run that needs Kafka starts it. */
export function prepareTestKafka(): string {
  removeLeftOvers();
  return mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
}

/** Ends the broker of this run, if any spec has started one. */
export function endTestKafka(folder: string): void {
  const file = path.join(folder, 'started.json');
  const started = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Started) : {};
  if (started.pid !== undefined && isKafka(started.pid)) process.kill(started.pid, 'SIGKILL');
  if (started.container !== undefined)
    spawnSync('docker', ['rm', '--force', '--volumes', started.container], { stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Of runs that were killed before they could do so. */
function removeLeftOvers(): void {
  for (const name of readdirSync(tmpdir())) {
    const run = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (run !== undefined && !isAlive(Number(run))) endTestKafka(path.join(tmpdir(), name));
  }
}

/** Process numbers are given again: only what is still a broker of ours is killed. */
function isKafka(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' });
  return (stdout as string | null)?.includes('kafka.Kafka') === true;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
