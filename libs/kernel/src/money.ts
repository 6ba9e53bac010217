import { type Currency, minorUnits } from './currency';
import { decimalNumber, decimalText, divideHalfUp, scaledInteger } from './decimal';
import { DomainError } from './domain-error';

/** Millionths of a currency unit: 1.23 EUR is `{ micros: 1_230_000, currency: 'EUR' }`. */
export interface Money {
  readonly micros: number;
  readonly currency: Currency;
}

const MICRO_DIGITS = 6;

/** @returns undefined when the text is no decimal number or too large to count in millionths. */
export function parseMoney(text: string, currency: Currency): Money | undefined {
  const micros = scaledInteger(text, MICRO_DIGITS);
  if (micros === undefined || !Number.isSafeInteger(Number(micros))) return undefined;
  return { micros: Number(micros), currency };
}

/** @throws RangeError: for literals and tests; edges use `parseMoney`. */
export function money(text: string, currency: Currency): Money {
  const parsed = parseMoney(text, currency);
  if (!parsed) throw new RangeError(`not an amount of money: ${text}`);
  return parsed;
}

export const nothing = (currency: Currency): Money => ({ micros: 0, currency });

/** @throws DomainError CURRENCIES_DIFFER */
export function plus(one: Money, other: Money): Money {
  if (one.currency !== other.currency)
    throw new DomainError('CURRENCIES_DIFFER', 'Amounts of two currencies do not add up.', {
      one,
      other,
    });
  return { micros: one.micros + other.micros, currency: one.currency };
}

export const negated = ({ micros, currency }: Money): Money => ({
  micros: micros === 0 ? 0 : -micros,
  currency,
});

/** The only rounding rule so far; every CDR names the one it used. */
export const HALF_UP_PER_TOTAL = 'half-up-per-total/1';

/** Rounded half up to the currency's smallest coin, still in millionths. */
export function inMinorUnits({ micros, currency }: Money): Money {
  const coin = 10n ** BigInt(MICRO_DIGITS - minorUnits(currency));
  return { micros: Number(divideHalfUp(BigInt(micros), coin) * coin), currency };
}

/** All six decimals, as text. */
export const amountText = ({ micros }: Money): string => decimalText(micros, MICRO_DIGITS);

/** As a JSON number with at most `decimals` digits, half up (OCPI: 4). */
export const amountNumber = ({ micros }: Money, decimals: number): number =>
  decimalNumber(micros, MICRO_DIGITS, decimals);
