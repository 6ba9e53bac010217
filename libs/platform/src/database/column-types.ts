import { type CustomTypesConfig, types } from 'pg';
import { instantAt } from '@voltledger/kernel';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/**
 * How columns arrive: `bigint` as a number (we keep nothing in it that a double cannot hold),
 * `timestamptz` as an `Instant`, `date` and `numeric` as the text they are.
 */
export const columnTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    format === 'binary'
      ? types.getTypeParser(oid, 'binary')
      : (PARSERS.get(oid) ?? types.getTypeParser(oid, 'text')),
} as CustomTypesConfig;

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8, wholeNumber],
  [TIMESTAMPTZ, (text: string) => instantAt(Date.parse(text.replace(' ', 'T') + zoneOf(text)))],
  [DATE, (text: string) => text],
]);

/** PostgreSQL writes `+00`, JavaScript reads `+00:00`. */
function zoneOf(text: string): string {
  return /[+-]\d{2}$/.test(text) ? ':00' : '';
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is too large for a number`);
  return number;
}
