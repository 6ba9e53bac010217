import { type SignedContent, type SignedReading } from '@voltledger/contracts';
import { decimalText, scaledInteger } from '@voltledger/kernel';
import { isCompensated } from './billing-register';
import { clockState, millisOf, timeWarnings } from './signed-time';

/** What the signed records of one transaction say together (domain.md 3, step 7). */
export interface SignedTransaction {
  /** One begin and one end of the billing register. */
  readonly complete: boolean;
  /** Exact decimal text, kWh. */
  readonly energyKwh?: string;
  readonly begin?: SignedReading;
  readonly end?: SignedReading;
  /** Energy must not be billed by it. */
  readonly integrityErrors: readonly string[];
  /** Energy may be billed, time may not. */
  readonly timeWarnings: readonly string[];
}

const ENDS = new Set(['E', 'L', 'R', 'A', 'P']);
/** Digits below a watt-hour that any meter writes, and more. */
const SCALE = 18;

/** @param records in the order they were made: one record with begin and end, or several. */
export function signedTransaction(records: readonly SignedContent[]): SignedTransaction {
  const all = records.flatMap(({ readings }) => readings);
  const compensated = all.filter(({ register }) => isCompensated(register));
  const counting = compensated.length > 0 ? compensated : all;
  const begins = counting.filter(({ kind }) => kind === 'B');
  const ends = counting.filter(({ kind }) => ENDS.has(kind));
  const [begin] = begins;
  const [end] = ends;
  const errors = [...number('START', begins), ...number('STOP', ends)];
  const flagged = counting.some(({ errorFlags }) => errorFlags.includes('t'));
  const warnings = flagged ? ['TIME_ERROR_FLAG'] : [];
  if (errors.length > 0 || !begin || !end)
    return {
      ...{ complete: false, integrityErrors: errors, timeWarnings: warnings },
      ...{ ...(begin && { begin }), ...(end && { end }) },
    };
  const energy = difference(begin, end);
  return {
    ...{ complete: true, begin, end },
    ...(energy !== undefined && { energyKwh: trimmed(decimalText(energy, SCALE)) }),
    integrityErrors: [
      ...pairErrors(begin, end, energy),
      ...recordErrors(records),
      ...paginationErrors(records),
    ],
    timeWarnings: [...warnings, ...timeWarnings(begin, end)],
  };
}

const number = (what: string, found: readonly SignedReading[]): string[] => {
  if (found.length === 0) return [`NO_${what}`];
  return found.length > 1 ? [`MULTIPLE_${what}`] : [];
};

function difference(begin: SignedReading, end: SignedReading): bigint | undefined {
  const from = kilowattHours(begin);
  const to = kilowattHours(end);
  return from === undefined || to === undefined ? undefined : to - from;
}

function kilowattHours({ value, unit }: SignedReading): bigint | undefined {
  const thousandths = { kwh: 0, wh: 3, mwh: -3 }[unit.toLowerCase()];
  if (thousandths === undefined) return undefined;
  if (unit === 'mWh') return undefined;
  return scaledInteger(value, SCALE - thousandths);
}

const trimmed = (text: string): string =>
  text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;

function pairErrors(begin: SignedReading, end: SignedReading, energy: bigint | undefined) {
  const both = [begin, end];
  const since = millisOf(begin.time);
  const until = millisOf(end.time);
  const isReversed = since !== undefined && until !== undefined && until < since;
  const isUnlike = clockState(begin.time) === 'R' && clockState(end.time) !== 'R';
  const found: readonly (readonly [boolean, string])[] = [
    [energy === undefined, 'ENERGY_UNREADABLE'],
    [energy !== undefined && energy < 0n, 'METER_ROLLBACK'],
    [both.some(({ status }) => status !== 'G'), 'METER_STATE'],
    [both.some(({ errorFlags }) => errorFlags.includes('E')), 'ENERGY_ERROR_FLAG'],
    [isReversed, 'TIME_REVERSED'],
    [isUnlike, 'TIME_SYNC'],
  ];
  return found.flatMap(([holds, code]) => (holds ? [code] : []));
}

function recordErrors(records: readonly SignedContent[]): string[] {
  const differ = (values: readonly (string | undefined)[]): boolean => new Set(values).size > 1;
  const counters = records.map(({ eventCounter }) => eventCounter);
  const found: readonly (readonly [boolean, string])[] = [
    [differ(records.map(({ meterSerial }) => meterSerial)), 'SERIAL_MISMATCH'],
    [records.some(({ identError }) => identError), 'IDENT_ERROR'],
    [records.some(({ exception }) => exception), 'EXCEPTION_DURING_CHARGING'],
    [differ(counters.filter((counter) => counter !== undefined)), 'EVENT_COUNTER'],
  ];
  return found.flatMap(([holds, code]) => (holds ? [code] : []));
}

/** `T12`, then `T13`: begin and end follow each other in the meter's own count. */
function paginationErrors(records: readonly SignedContent[]): string[] {
  const [first, ...later] = records.map(({ pagination }) => pagination);
  const last = later.at(-1);
  if (first === undefined || last === undefined) return [];
  if (first === last) return ['PAGINATION_REPEATED'];
  const [one, other] = [first, last].map((text) => /^([A-Z]?)(\d{1,20})$/.exec(text));
  if (!one || !other) return ['PAGINATION_GAP'];
  const follows = one[1] === other[1] && BigInt(other[2] ?? 0) === BigInt(one[2] ?? 0) + 1n;
  return follows ? [] : ['PAGINATION_GAP'];
}
