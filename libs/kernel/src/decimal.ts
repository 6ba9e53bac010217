const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
const EXPONENT_MAX = 30;

/**
 * Reads a decimal digit by digit as a whole number of `10^-scale`: `('0.15', 3)` is `150n`. Binary
 * floats never touch it. Digits beyond the scale are rounded half away from zero.
 *
 * @returns undefined when the text is no decimal number.
 */
export function scaledInteger(text: string, scale: number): bigint | undefined {
  const parts = DECIMAL.exec(text.trim());
  if (!parts) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  if (whole === '' && fraction === '') return undefined;
  const shift = Number(exponent) + scale - fraction.length;
  if (Math.abs(shift) > EXPONENT_MAX + scale) return undefined;
  const digits = BigInt(whole + fraction);
  const scaled =
    shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfUp(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -scaled : scaled;
}

/** `dividend / divisor`, rounded half away from zero. `divisor` is positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return dividend < 0n ? -rounded : rounded;
}

/** Writes a whole number of `10^-scale` with exactly `scale` fraction digits: `(150n, 3)` is `0.150`. */
export function decimalText(value: bigint | number, scale: number): string {
  const integer = BigInt(value);
  const digits = (integer < 0n ? -integer : integer).toString().padStart(scale + 1, '0');
  const sign = integer < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/**
 * A JSON number of `value * 10^-from`, rounded half up to `to` decimals. The nearest double prints
 * those decimals back exactly as long as the number has at most 15 significant digits.
 */
export function decimalNumber(value: bigint | number, from: number, to: number): number {
  const rounded = divideHalfUp(BigInt(value) * 10n ** BigInt(to), 10n ** BigInt(from));
  return Number(decimalText(rounded, to));
}
