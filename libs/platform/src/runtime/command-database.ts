import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Environment } from '../config';
import { PgDatabase } from '../database';
import { EmbeddedPostgres } from '../embedded';

/** The database that an all-in-one network keeps everything in. */
export const EMBEDDED_DATABASE = 'voltledger';
export const DEFAULT_HOME = '.voltledger';

/** The folder with the embedded server's data: `postgres` in the network's home. */
export const embeddedFolder = (home: string): string => path.join(path.resolve(home), 'postgres');

export interface CommandDatabase {
  readonly database: PgDatabase;
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** There is nothing to read from; the message says where it was looked for. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase';
}

/**
 * The database for a command of the operator's: `wanted` (its `--database-url`), else
 * `DATABASE_URL`, else the embedded server of `VOLTLEDGER_HOME` (`./.voltledger`), which is shared
 * with a running network, or started for as long as the command runs.
 *
 * @throws NoDatabase
 */
export async function openCommandDatabase(
  wanted: string | undefined,
  environment: Environment,
): Promise<CommandDatabase> {
  const url = wanted ?? environment['DATABASE_URL'];
  if (url !== undefined && url !== '') {
    const database = await PgDatabase.open({ url, poolSize: 4 });
    return { database, url, close: () => database.close() };
  }
  const home = environment['VOLTLEDGER_HOME'] ?? DEFAULT_HOME;
  const folder = embeddedFolder(home);
  if (!existsSync(folder))
    throw new NoDatabase(
      `There is no network under ${path.resolve(home)}. Run \`npm start\` there once, or name its ` +
        'database: --database-url postgres://… (or DATABASE_URL), or its folder: VOLTLEDGER_HOME.',
    );
  const postgres = await EmbeddedPostgres.start({ folder });
  const embeddedUrl = postgres.url(EMBEDDED_DATABASE);
  const database = await PgDatabase.open({ url: embeddedUrl, poolSize: 4 });
  return {
    database,
    url: embeddedUrl,
    close: async () => {
      await database.close();
      await postgres.stop();
    },
  };
}
