import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerFiles } from './data-folder';
import { type PostgresBinaries } from './postgres-binaries';
import { type ServerAccount, commandLine } from './server-account';
import { type ServerSettings } from './server-settings';

const LOG_BYTES_MAX = 10_000_000;
const LOOK_EVERY_MS = 15;

/** What a running server says about itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: string;
}

/** @returns undefined when no server runs on this data. */
export function runningPostmaster({ data }: ServerFiles): Postmaster | undefined {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!isAlive(pid)) return undefined;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? 'starting' };
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes the mark of a server that is gone when its process number was given to something else:
 * PostgreSQL itself only sees that the number is in use, and would refuse to start.
 */
export function forgetStalePostmaster(files: ServerFiles): void {
  const found = runningPostmaster(files);
  if (!found || process.platform === 'win32') return;
  const { stdout } = spawnSync('ps', ['-p', String(found.pid), '-o', 'args='], {
    encoding: 'utf8',
  });
  const program = stdout as string | null;
  if (program !== null && program.trim() !== '' && !program.includes('postgres'))
    rmSync(path.join(files.data, 'postmaster.pid'), { force: true });
}

/** A port that is free right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

export interface Launch {
  readonly files: ServerFiles;
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount;
  readonly port: number;
  readonly settings: ServerSettings;
}

/**
 * Starts the server as the leader of a process group of its own: Ctrl-C in a terminal reaches only
 * us, and we stop it when we no longer need it.
 *
 * @returns what it wrote to its log when it ended instead of getting ready.
 */
export async function launch(options: Launch): Promise<Postmaster | { readonly said: string }> {
  const { files, binaries, account, port, settings } = options;
  rotate(files.log);
  const start = sizeOf(files.log);
  const log = openSync(files.log, 'a', 0o600);
  const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const parameters = ['-D', files.data, '-p', String(port), ...given];
  const [program, all] = commandLine(account, binaries.postgres, parameters);
  const server = spawn(program, all, {
    ...account.ids,
    cwd: files.folder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  server.unref();
  const ready = await readiness(server, files);
  return ready ?? { said: readFileSync(files.log, 'utf8').slice(start) };
}

async function readiness(
  server: ChildProcess,
  files: ServerFiles,
): Promise<Postmaster | undefined> {
  const ended = new AbortController();
  server.once('exit', () => {
    ended.abort();
  });
  server.once('error', () => {
    ended.abort();
  });
  while (!ended.signal.aborted) {
    const found = runningPostmaster(files);
    if (found?.pid === server.pid && found?.status === 'ready') return found;
    await pause(LOOK_EVERY_MS);
  }
  return undefined;
}

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

function rotate(log: string): void {
  if (sizeOf(log) > LOG_BYTES_MAX) renameSync(log, `${log}.1`);
}

/** Lets transactions roll back, writes everything down, and ends. */
export async function shutDown(
  { pid }: Postmaster,
  { files, binaries, account }: Pick<Launch, 'files' | 'binaries' | 'account'>,
): Promise<void> {
  if (process.platform === 'win32') {
    const [program, all] = commandLine(account, binaries.pgCtl, [
      ...['stop', '-D', files.data, '-m', 'fast', '-s'],
    ]);
    spawnSync(program, all, { stdio: 'ignore' });
  } else signal(pid, 'SIGINT');
  const patience = performance.now() + 30_000;
  while (isAlive(pid)) {
    // What is written is safe either way; the next start then takes a little longer.
    if (performance.now() > patience) signal(pid, 'SIGQUIT');
    await pause(LOOK_EVERY_MS);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
