import { createHash } from 'node:crypto';

/** Texts that are written in the code are few; what is put together at run time stays unnamed. */
const NAMES_MAX = 1_000;
const NAME_LENGTH = 20;

const names = new Map<string, string>();

/**
 * A name for a statement's text, the same in every connection, so that the server parses and plans
 * it once per connection. Undefined: sent as it is.
 */
export function statementName(sql: string): string | undefined {
  const known = names.get(sql);
  if (known !== undefined || names.size >= NAMES_MAX) return known;
  const name = createHash('sha256').update(sql).digest('hex').slice(0, NAME_LENGTH);
  names.set(sql, name);
  return name;
}

/** The table under a named statement has another shape by now: the connection has to be left. */
const PLAN_OUTDATED = '0A000';

export const isOutdated = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === PLAN_OUTDATED;
