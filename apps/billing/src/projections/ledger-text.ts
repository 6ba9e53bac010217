import { type Currency, decimalText, minorUnits } from '@voltledger/kernel';

const MICRO_DIGITS = 6;

/** A booked amount with exactly the digits of its currency: 4.64 EUR, 124 JPY, 1.235 BHD. */
export function bookedText(micros: number, currency: Currency): string {
  const digits = minorUnits(currency);
  const coin = 10n ** BigInt(MICRO_DIGITS - digits);
  const amount = BigInt(micros);
  if (amount % coin !== 0n)
    throw new Error(
      `${micros} millionths of ${currency} are no whole minor units: never booked so`,
    );
  return decimalText(amount / coin, digits);
}
