import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  notStartable,
  noSpace,
  otherVersion,
  unreachableForNobody,
} from './embedded-postgres-error';
import { type PostgresBinaries } from './postgres-binaries';
import { type ServerAccount, commandLine, handOver } from './server-account';

const NEW_DATA_BYTES = 150_000_000;
const RUNNING_BYTES = 32_000_000;

/** The files of one embedded server: one folder that may be moved or deleted as a whole. */
export interface ServerFiles {
  readonly folder: string;
  readonly data: string;
  /** Lies among the data, so that both appear in one step. */
  readonly password: string;
  readonly log: string;
  /** Holds the server's socket: cheaper than TCP, and closed to other accounts. */
  readonly sockets: string;
}

export const serverFiles = (folder: string): ServerFiles => ({
  folder: path.resolve(folder),
  data: path.resolve(folder, 'data'),
  password: path.resolve(folder, 'data', 'voltledger-password'),
  log: path.resolve(folder, 'postgres.log'),
  sockets: path.resolve(folder, 'sockets'),
});

/**
 * Makes sure that there is a database cluster of our version, with a password of its own. Two
 * processes may do so at once, and one that dies half-way leaves nothing half-made behind.
 *
 * @throws EmbeddedPostgresError
 */
export function prepareData(
  files: ServerFiles,
  binaries: PostgresBinaries,
  account: ServerAccount,
): void {
  mkdirSync(files.folder, { recursive: true, mode: 0o755 });
  const exists = existsSync(path.join(files.data, 'PG_VERSION'));
  if (freeBytes(files.folder) < (exists ? RUNNING_BYTES : NEW_DATA_BYTES))
    throw noSpace(files.folder);
  if (!exists) createCluster(files, binaries, account);
  const version = readFileSync(path.join(files.data, 'PG_VERSION'), 'utf8').trim();
  if (version !== binaries.majorVersion)
    throw otherVersion(files.folder, version, binaries.majorVersion);
}

export const passwordIn = (files: ServerFiles): string =>
  readFileSync(files.password, 'utf8').trim();

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function createCluster(
  files: ServerFiles,
  binaries: PostgresBinaries,
  account: ServerAccount,
): void {
  const draft = mkdtempSync(path.join(files.folder, 'new-'));
  try {
    handOver(draft, account);
    const password = path.join(draft, 'password');
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    handOver(password, account);
    initialise(draft, files, binaries, account);
    renameSync(password, path.join(draft, 'data', path.basename(files.password)));
    rename(path.join(draft, 'data'), files.data);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function initialise(
  draft: string,
  files: ServerFiles,
  binaries: PostgresBinaries,
  account: ServerAccount,
): void {
  const [program, parameters] = commandLine(account, binaries.initdb, [
    `--pgdata=${path.join(draft, 'data')}`,
    '--username=postgres',
    `--pwfile=${path.join(draft, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ]);
  const run = spawnSync(program, parameters, { ...account.ids, encoding: 'utf8', cwd: draft });
  if (run.status !== 0) throw failure(files, binaries, run);
}

function failure(
  files: ServerFiles,
  binaries: PostgresBinaries,
  run: { readonly error?: Error; readonly stderr: string | null },
): Error {
  if (run.error && 'code' in run.error && run.error.code === 'EACCES')
    return unreachableForNobody(path.dirname(binaries.initdb), run.error);
  const said = run.stderr ?? String(run.error);
  if (/no space left/i.test(said)) return noSpace(files.folder);
  return notStartable('there is none yet', said.trim());
}

function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // Another process was faster, and its cluster is as good as ours.
    if (!existsSync(path.join(to, 'PG_VERSION'))) throw error;
  }
}
