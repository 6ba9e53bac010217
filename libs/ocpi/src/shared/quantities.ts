import {
  type Instant,
  type MilliWattHours,
  type Money,
  amountNumber,
  decimalText,
  divideHalfUp,
  kilowattHours,
} from '@voltledger/kernel';

/** OCPI numbers have four decimals unless a table says otherwise. */
const DECIMALS = 4;
const MILLIS_PER_HOUR = 3_600_000n;

/** A sum of money as an OCPI number: 4 decimals, half up from the exact value. */
export const amount = (value: Money): number => amountNumber(value, DECIMALS);

/** kWh: 4 decimals, half up from the exact value. */
export const kwh = (value: MilliWattHours): number => kilowattHours(value, DECIMALS);

/** Hours: 4 decimals, half up from whole milliseconds. */
export function hours(milliseconds: number): number {
  const scaled = divideHalfUp(BigInt(milliseconds) * 10n ** BigInt(DECIMALS), MILLIS_PER_HOUR);
  return Number(decimalText(scaled, DECIMALS));
}

/**
 * Splits a total into parts whose rounded figures add up to the rounded total: each part is the
 * rounded running sum minus the one before. Thus the periods of a CDR add up to its totals.
 */
export function roundedParts(
  parts: readonly number[],
  rounded: (value: number) => number,
): number[] {
  let before = 0;
  let sum = 0;
  return parts.map((part) => {
    sum += part;
    const running = rounded(sum);
    const share = Number((running - before).toFixed(DECIMALS));
    before = running;
    return share;
  });
}

/** `Z` with no fraction, or with three digits where there are milliseconds (Ambiguities 11). */
export const utc = (at: Instant): string => at.replace('.000Z', 'Z');
