import { type Costs, type PriceLimit, type Tariff } from '@voltledger/contracts';
import { type RatingTerms } from './compiled-tariff';
import { type ExactPrice, knowsTaxes, linePrice, priceSum, withTaxTotal } from './exact-price';
import { type PricedLine, type Rounding, pricedLines } from './priced-lines';
import { type RatingState } from './rating-state';
import { type Ratio, compared, difference, larger, smaller, whole } from './ratio';

export type Part = Exclude<keyof Costs, 'total'>;

export interface PricedSessionLine extends PricedLine {
  readonly price: ExactPrice;
}

/** What a session costs, nothing rounded but by step sizes. */
export interface PricedSession {
  readonly lines: readonly PricedSessionLine[];
  readonly roundings: readonly Rounding[];
  /** Unlimited; a part is absent when nothing of it was priced. */
  readonly parts: ReadonlyMap<Part, ExactPrice>;
  readonly beforeLimits: ExactPrice;
  readonly total: ExactPrice;
}

const PARTS = [
  'fixed',
  'energy',
  'time',
  'parking',
  'reservation',
] as const satisfies readonly Part[];

export function pricedSession(terms: RatingTerms, state: RatingState): PricedSession {
  const taxesKnown = knowsTaxes(terms);
  const { lines: unpriced, roundings } = pricedLines(terms, state);
  const lines = unpriced.map((line) => ({ ...line, price: linePrice(line, taxesKnown) }));
  const parts = new Map<Part, ExactPrice>();
  for (const part of PARTS) {
    const own = lines.filter((line) => partOf(line) === part);
    if (own.length > 0)
      parts.set(
        part,
        priceSum(
          own.map(({ price }) => price),
          taxesKnown,
        ),
      );
  }
  const beforeLimits = priceSum([...parts.values()], taxesKnown);
  const total = limited(terms, state, beforeLimits);
  return { lines, roundings, parts, beforeLimits, total };
}

function partOf({ dimension, reserved }: PricedLine): Part {
  switch (dimension) {
    case 'FLAT':
      return reserved ? 'reservation' : 'fixed';
    case 'ENERGY':
      return 'energy';
    case 'TIME':
      return 'time';
    case 'PARKING_TIME':
      return 'parking';
    case 'RESERVATION_TIME':
      return 'reservation';
  }
}

/** Limits hold for a charging session with its reservation, not for a reservation alone. */
function limited(terms: RatingTerms, state: RatingState, price: ExactPrice): ExactPrice {
  if (state.sessionStartedAt === undefined) return price;
  const { tariff } = terms.tariffs[state.periods.at(-1)?.tariff ?? 0] ?? terms.tariffs[0];
  const beforeTaxes = between(price.beforeTaxes, tariff, (limit) => limit.beforeTaxes);
  if (!price.afterTaxes) return { ...price, beforeTaxes };
  const afterTaxes = between(price.afterTaxes, tariff, (limit) => afterTaxesOf(tariff, limit));
  if (same(beforeTaxes, price.beforeTaxes) && same(afterTaxes, price.afterTaxes)) return price;
  const taxes = withTaxTotal(price.taxes, difference(afterTaxes, beforeTaxes));
  return { beforeTaxes, afterTaxes, taxes };
}

const same = (one: Ratio, other: Ratio): boolean => compared(one, other) === 0;

/** Where there are no taxes, both amounts are one, and so are their limits. */
const afterTaxesOf = ({ taxIncluded }: Tariff, limit: PriceLimit): number | undefined =>
  limit.afterTaxes ?? (taxIncluded === 'N/A' ? limit.beforeTaxes : undefined);

/** The minimum first: when a tariff contradicts itself, the maximum wins. */
function between(
  amount: Ratio,
  { minPrice, maxPrice }: Tariff,
  of: (limit: PriceLimit) => number | undefined,
): Ratio {
  const min = minPrice && of(minPrice);
  const max = maxPrice && of(maxPrice);
  const raised = min === undefined ? amount : larger(amount, whole(min));
  return max === undefined ? raised : smaller(raised, whole(max));
}
