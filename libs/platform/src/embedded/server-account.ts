import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

const NOBODY = 65_534;

/** How the server is run: PostgreSQL refuses to run as root and needs an account with a name. */
export interface ServerAccount {
  /** Comes before the command. */
  readonly prefix: readonly string[];
  readonly ids: { readonly uid?: number; readonly gid?: number };
}

const OWN: ServerAccount = { prefix: [], ids: {} };
/** In a user namespace we appear as "nobody"; the files stay ours, so no path has to be opened up. */
const NAMESPACE: ServerAccount = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`],
  ids: {},
};
const AS_NOBODY: ServerAccount = { prefix: [], ids: { uid: NOBODY, gid: NOBODY } };

/** Chooses by who we are, what this machine allows, and whose the data is already. */
export function serverAccount(dataFolder: string): ServerAccount {
  const root = process.getuid?.() === 0;
  if (!root) return hasName() || !namespacesWork() ? OWN : NAMESPACE;
  if (existsSync(dataFolder) && statSync(dataFolder).uid === NOBODY) return AS_NOBODY;
  return namespacesWork() ? NAMESPACE : AS_NOBODY;
}

/** Containers run with any uid, also with one that has no entry in /etc/passwd. */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

function namespacesWork(): boolean {
  const [unshare = '', ...options] = NAMESPACE.prefix;
  return spawnSync(unshare, [...options, 'true'], { stdio: 'ignore' }).status === 0;
}

/** Makes the server's account the owner of a file or folder that we created. */
export function handOver(file: string, { ids }: ServerAccount): void {
  if (ids.uid !== undefined && ids.gid !== undefined) chownSync(file, ids.uid, ids.gid);
}

/** The whole command line: program first. */
export const commandLine = (
  { prefix }: ServerAccount,
  program: string,
  parameters: readonly string[],
): [string, string[]] => {
  const [first = program, ...rest] = [...prefix, program, ...parameters];
  return [first, rest];
};
