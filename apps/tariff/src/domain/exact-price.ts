import { type Tariff } from '@voltledger/contracts';
import { scaledInteger } from '@voltledger/kernel';
import { type RatingTerms } from './compiled-tariff';
import { type PricedLine, lineAmount } from './priced-lines';
import {
  ONE,
  type Ratio,
  ZERO,
  difference,
  isZero,
  product,
  quotient,
  ratio,
  reduced,
  sum,
} from './ratio';

/** VAT by its percentage, as the tariff writes it. */
export type ExactTaxes = ReadonlyMap<string, Ratio>;

/** An amount in millionths of the currency, not rounded. */
export interface ExactPrice {
  readonly beforeTaxes: Ratio;
  /** Absent when nobody knows the taxes. */
  readonly afterTaxes: Ratio | undefined;
  readonly taxes: ExactTaxes;
}

const PERCENT_DIGITS = 12;
const HUNDRED_PERCENT = 100n * 10n ** BigInt(PERCENT_DIGITS);

/** Whether amounts after taxes can be told at all. */
export const knowsTaxes = ({ tariffs }: RatingTerms): boolean =>
  tariffs.some(({ tariff }) => tariff.taxIncluded !== 'NO' || hasVat(tariff));

const hasVat = ({ elements }: Tariff): boolean =>
  elements.some(({ components }) => components.some(({ vat }) => vat !== undefined));

/** A line before and after its VAT. */
export function linePrice(line: PricedLine, taxesKnown: boolean): ExactPrice {
  const amount = lineAmount(line);
  const { vat } = line.component;
  const factor = vat === undefined ? ONE : taxFactor(vat);
  const included = line.tariff.tariff.taxIncluded === 'YES';
  const beforeTaxes = included ? quotient(amount, factor) : amount;
  if (!taxesKnown) return { beforeTaxes, afterTaxes: undefined, taxes: new Map() };
  const afterTaxes = included ? amount : product(amount, factor);
  const taxes = vat === undefined ? [] : [[vat, difference(afterTaxes, beforeTaxes)] as const];
  return { beforeTaxes, afterTaxes, taxes: new Map(taxes) };
}

/** 19 % becomes 1.19, exactly. */
function taxFactor(percent: string): Ratio {
  const scaled = scaledInteger(percent, PERCENT_DIGITS);
  if (scaled === undefined) throw new RangeError(`not a percentage: ${percent}`);
  return reduced(ratio(HUNDRED_PERCENT + scaled, HUNDRED_PERCENT));
}

export const freeOfCharge = (taxesKnown: boolean): ExactPrice => ({
  beforeTaxes: ZERO,
  afterTaxes: taxesKnown ? ZERO : undefined,
  taxes: new Map(),
});

export function priceSum(prices: readonly ExactPrice[], taxesKnown: boolean): ExactPrice {
  return prices.reduce(plusPrice, freeOfCharge(taxesKnown));
}

function plusPrice(one: ExactPrice, other: ExactPrice): ExactPrice {
  const taxes = new Map(one.taxes);
  for (const [percent, amount] of other.taxes)
    taxes.set(percent, sum(taxes.get(percent) ?? ZERO, amount));
  return {
    beforeTaxes: sum(one.beforeTaxes, other.beforeTaxes),
    afterTaxes: one.afterTaxes && other.afterTaxes && sum(one.afterTaxes, other.afterTaxes),
    taxes,
  };
}

/**
 * Shares the difference between two limited amounts among the tax rates as the unlimited taxes
 * were shared, so that before, taxes and after still add up.
 */
export function withTaxTotal(taxes: ExactTaxes, total: Ratio): ExactTaxes {
  const before = [...taxes.values()].reduce(sum, ZERO);
  if (isZero(before)) return isZero(total) ? taxes : new Map([[UNKNOWN_RATE, total]]);
  const factor = quotient(total, before);
  return new Map([...taxes].map(([percent, amount]) => [percent, product(amount, factor)]));
}

/** A tax that only a limit knows of: the tariff names an amount, no rate. */
export const UNKNOWN_RATE = '';
