import { divideHalfUp } from '@voltledger/kernel';

/** An exact fraction, so that nothing is rounded before it is written down. `over` is positive. */
export interface Ratio {
  readonly parts: bigint;
  readonly over: bigint;
}

export const ZERO: Ratio = { parts: 0n, over: 1n };
export const ONE: Ratio = { parts: 1n, over: 1n };

export const whole = (value: bigint | number): Ratio => ({ parts: BigInt(value), over: 1n });

/** @throws RangeError when `over` is zero: that is our bug. */
export function ratio(parts: bigint, over: bigint): Ratio {
  if (over === 0n) throw new RangeError('a ratio over zero');
  return over < 0n ? { parts: -parts, over: -over } : { parts, over };
}

export const isZero = ({ parts }: Ratio): boolean => parts === 0n;

export function sum(one: Ratio, other: Ratio): Ratio {
  if (one.over === other.over) return { parts: one.parts + other.parts, over: one.over };
  return reduced({
    parts: one.parts * other.over + other.parts * one.over,
    over: one.over * other.over,
  });
}

export const sumOf = (values: Iterable<Ratio>): Ratio => {
  let total = ZERO;
  for (const value of values) total = sum(total, value);
  return total;
};

export const negative = ({ parts, over }: Ratio): Ratio => ({ parts: -parts, over });

export const difference = (one: Ratio, other: Ratio): Ratio => sum(one, negative(other));

export const product = (one: Ratio, other: Ratio): Ratio => ({
  parts: one.parts * other.parts,
  over: one.over * other.over,
});

/** @throws RangeError when `divisor` is zero: that is our bug. */
export const quotient = (dividend: Ratio, divisor: Ratio): Ratio =>
  ratio(dividend.parts * divisor.over, dividend.over * divisor.parts);

/** Negative, zero or positive, as `one` is smaller than, equal to or larger than `other`. */
export function compared(one: Ratio, other: Ratio): number {
  const left = one.parts * other.over;
  const right = other.parts * one.over;
  return left < right ? -1 : left > right ? 1 : 0;
}

export const larger = (one: Ratio, other: Ratio): Ratio => (compared(one, other) < 0 ? other : one);
export const smaller = (one: Ratio, other: Ratio): Ratio =>
  compared(one, other) > 0 ? other : one;

/** The nearest whole number, halves away from zero. */
export const rounded = ({ parts, over }: Ratio): bigint => divideHalfUp(parts, over);

/** The next multiple of `step` away from zero; an exact multiple stays. */
export function raised(value: Ratio, step: bigint): Ratio {
  const { parts, over } = value.parts < 0n ? negative(value) : value;
  const unit = over * step;
  const steps = (parts + unit - 1n) / unit;
  return whole(value.parts < 0n ? -steps * step : steps * step);
}

export function reduced({ parts, over }: Ratio): Ratio {
  const divisor = commonDivisor(parts < 0n ? -parts : parts, over);
  return divisor === 1n ? { parts, over } : { parts: parts / divisor, over: over / divisor };
}

function commonDivisor(one: bigint, other: bigint): bigint {
  let [divisor, rest] = [one, other];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}

/** A ratio as JSON: `12`, or `12/7` where it is no whole number. */
export type RatioText = string;

export function ratioText(value: Ratio): RatioText {
  if (value.over === 1n) return value.parts.toString();
  const { parts, over } = reduced(value);
  return over === 1n ? parts.toString() : `${parts.toString()}/${over.toString()}`;
}

export function fromRatioText(text: RatioText): Ratio {
  const slash = text.indexOf('/');
  if (slash < 0) return { parts: BigInt(text), over: 1n };
  return { parts: BigInt(text.slice(0, slash)), over: BigInt(text.slice(slash + 1)) };
}
