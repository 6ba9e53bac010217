import { type SignedReading } from '@voltledger/contracts';

const TIME =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[,.](\d{1,3}))?\s?(Z|[+-]\d\d:?\d\d)(?:\s([UISR]))?$/;

/** OCMF's TM: its clock is U unknown, I informative, S synchronised or R relative. */
export const clockState = (time: string): string => TIME.exec(time)?.[4] ?? '';

/** Milliseconds since 1970; undefined when it is no time. */
export function millisOf(time: string): number | undefined {
  const [, moment, millis = '0', offset = 'Z'] = TIME.exec(time) ?? [];
  if (moment === undefined) return undefined;
  const zone = offset.replace(/(\d\d)(\d\d)$/, '$1:$2');
  const parsed = Date.parse(`${moment}.${millis.padEnd(3, '0')}${zone}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** No meter is older: a clock that says so was never set. */
const CLOCKS_ARE_SET_SINCE = Date.UTC(2010, 0, 1);

export function timeWarnings(begin: SignedReading, end: SignedReading): string[] {
  const states = [begin, end].map(({ time }) => clockState(time));
  const moments = [begin, end].map(({ time }) => millisOf(time));
  const isUnset = moments.some((at) => at === undefined || at < CLOCKS_ARE_SET_SINCE);
  const found: readonly (readonly [boolean, string])[] = [
    [isUnset, 'CLOCK_NOT_SET'],
    [states.includes('U'), 'TIME_UNSYNCHRONISED'],
    [states.includes('I'), 'TIME_INFORMATIVE'],
  ];
  return found.flatMap(([holds, code]) => (holds ? [code] : []));
}
