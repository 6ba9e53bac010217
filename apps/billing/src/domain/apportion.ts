import { type Money, minorUnits } from '@voltledger/kernel';

const MICRO_DIGITS = 6;

/**
 * Shares out `whole` (whole minor units) over `parts` (exact), so that the shares are whole minor
 * units and add up to `whole`: each part is cut down to its minor units, and what is left goes, one
 * unit each, to the parts that were cut the most (largest remainder; the earlier part when equal).
 */
export function apportioned(whole: Money, parts: readonly Money[]): Money[] {
  const coin = 10 ** (MICRO_DIGITS - minorUnits(whole.currency));
  const shares = parts.map(({ micros }) => {
    const remainder = ((micros % coin) + coin) % coin;
    return { micros: micros - remainder, remainder };
  });
  const byRemainder = [...shares].sort((one, other) => other.remainder - one.remainder);
  let left = whole.micros - shares.reduce((sum, { micros }) => sum + micros, 0);
  if (left < 0) byRemainder.reverse();
  const step = Math.sign(left) * coin;
  for (let turn = 0; left !== 0; turn += 1) {
    const share = byRemainder[turn % byRemainder.length];
    if (!share) throw new RangeError('there is no part to bear the amount');
    share.micros += step;
    left -= step;
  }
  return shares.map(({ micros }) => ({ micros, currency: whole.currency }));
}
