import { type HoldReason, type Price, type Rating, type Tariff } from '@voltledger/contracts';
import { NOISE_MICROS, limitEffect } from './bill';
import { inconsistentCosts, unexplainedRating } from './hold-reasons';

/** Whether the costs add up, so that a bill made of them does. */
export function costReasons({ costs, trace, rules }: Rating, tariff: Tariff): HoldReason[] {
  if (trace.length === 0) return [unexplainedRating(rules)];
  const { total, ...parts } = costs;
  const { currency } = total.beforeTaxes;
  if (currency !== tariff.currency)
    return [inconsistentCosts(`Rated in ${currency}, but the tariff is in ${tariff.currency}.`)];
  const untaxed = taxGap(total) !== 0 && total.taxes.length === 0;
  if (untaxed) return [inconsistentCosts('The total has a tax that no tax line explains.')];
  const limited = tariff.minPrice !== undefined || tariff.maxPrice !== undefined;
  if (limited) return [];
  return [
    ...complaint(limitEffect(costs).micros, Object.keys(parts).length, 'The partial costs'),
    ...complaint(taxGap(total), total.taxes.length, 'The taxes'),
  ];
}

function complaint(gap: number, summands: number, what: string): HoldReason[] {
  return Math.abs(gap) > summands * NOISE_MICROS
    ? [inconsistentCosts(`${what} miss the total by ${gap} millionths.`)]
    : [];
}

/** After taxes less before taxes less all taxes: 0 when the price adds up. */
function taxGap({ beforeTaxes, afterTaxes, taxes }: Price): number {
  if (!afterTaxes) return 0;
  const sum = taxes.reduce((so, { amount }) => so + amount.micros, 0);
  return afterTaxes.micros - beforeTaxes.micros - sum;
}
