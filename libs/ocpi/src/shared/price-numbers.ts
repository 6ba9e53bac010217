import { decimalNumber, scaledInteger } from '@voltledger/kernel';

const DECIMALS = 4;
const MICRO_DIGITS = 6;

/** A number of `10^-digits` as an OCPI number: 4 decimals, half up. */
export const numberOf = (value: number, digits: number): number =>
  decimalNumber(value, digits, DECIMALS);

/** Millionths of a currency unit as an OCPI number. */
export const amountOf = (micros: number): number => numberOf(micros, MICRO_DIGITS);

/**
 * A JSON number as a whole number of `10^-digits`, read digit by digit; further digits are rounded
 * half up.
 *
 * @throws RangeError for what no double holds exactly: schemas bound their numbers before.
 */
export function scaledNumber(value: number, digits: number): number {
  const scaled = scaledInteger(String(value), digits);
  if (scaled === undefined || !Number.isSafeInteger(Number(scaled)))
    throw new RangeError(`not a number that counts in 10^-${digits}: ${value}`);
  return Number(scaled);
}

export const microsOf = (value: number): number => scaledNumber(value, MICRO_DIGITS);
