import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { incompletePackage, noPackage } from './embedded-postgres-error';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Such as `18`. */
  readonly majorVersion: string;
}

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

/**
 * Finds the server that npm installed for this machine and makes it complete: npm packages cannot
 * hold symbolic links, and the script that creates them does not run under `--ignore-scripts`.
 *
 * @throws EmbeddedPostgresError
 */
export function postgresBinaries(): PostgresBinaries {
  const root = packageFolder(`@embedded-postgres/${platformName()}-${process.arch}`);
  linkLibraries(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => path.join(root, 'native', 'bin', name + suffix);
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    majorVersion: majorVersionOf(root),
  };
}

const platformName = (): string => PLATFORMS[process.platform] ?? process.platform;

function packageFolder(name: string): string {
  try {
    return path.resolve(path.dirname(require.resolve(name)), '..');
  } catch (error) {
    throw noPackage(name, error);
  }
}

function majorVersionOf(root: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { version } = manifest as { version: string };
  return version.slice(0, version.indexOf('.'));
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function linkLibraries(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[];
  for (const { source, target } of links) link(path.join(root, target), path.basename(source));
}

function link(file: string, to: string): void {
  if (existsSync(file)) return;
  try {
    symlinkSync(to, file);
  } catch (error) {
    // Another process may create the same link at the same time.
    if (!existsSync(file)) throw incompletePackage(path.dirname(file), error);
  }
}
