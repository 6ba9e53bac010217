import { types } from 'pg';
import { instantAt } from '@voltledger/kernel';

const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/**
 * How columns arrive: `bigint` as a number (we keep nothing in it that a double cannot hold),
 * `timestamptz` as an `Instant`, `date` and `numeric` as the text they are.
 */
export const columnTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown => {
    if (format === 'binary') return types.getTypeParser(oid, 'binary');
    switch (oid) {
      case INT8:
        return wholeNumber;
      case TIMESTAMPTZ:
        return (text: string) => instantAt(Date.parse(text.replace(' ', 'T') + zoneMinutes(text)));
      case DATE:
        return (text: string) => text;
      default:
        return types.getTypeParser(oid, 'text');
    }
  },
};

/** PostgreSQL writes `+00`, JavaScript reads `+00:00`. */
const zoneMinutes = (text: string): string => (/[+-]\d{2}$/.test(text) ? ':00' : '');

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is too large for a number`);
  return number;
}
