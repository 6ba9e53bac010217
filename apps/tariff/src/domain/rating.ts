import { type Costs, type Price, type Rating } from '@voltledger/contracts';
import { type Currency, type MilliWattHours, type Money } from '@voltledger/kernel';
import { type RatingTerms } from './compiled-tariff';
import { type ExactPrice, UNKNOWN_RATE } from './exact-price';
import { type Part, type PricedSession, pricedSession } from './priced-session';
import { actualQuantities, chargingPeriods, wholeOf } from './rating-periods';
import { type RatingState } from './rating-state';
import { type Ratio, compared, difference, whole } from './ratio';
import { traceOf } from './trace';

/** Names this set of rules: the same segments under the same rules give the same figures. */
export const RATING_RULES = 'ocpi-pricing/1';

/** What a session costs, and why. */
export function ratingOf(terms: RatingTerms, state: RatingState): Rating {
  const priced = pricedSession(terms, state);
  const { tariff, hash } = terms.tariffs[0];
  const { energy, chargingTime, parkingTime, reservedTime } = actualQuantities(state);
  const [charging, parking] = [wholeOf(chargingTime), wholeOf(parkingTime)];
  return {
    rules: RATING_RULES,
    tariffId: tariff.tariffId,
    tariffHash: hash,
    costs: costsOf(priced, tariff.currency),
    energy: wholeOf(energy) as MilliWattHours,
    time: { total: charging + parking, charging, parking, reserved: wholeOf(reservedTime) },
    periods: chargingPeriods(terms, state),
    trace: traceOf(terms, state, priced),
  };
}

/** The costs alone, without the periods and the trace of a rating. */
export const costsOnly = (terms: RatingTerms, state: RatingState): Costs =>
  costsOf(pricedSession(terms, state), terms.tariffs[0].tariff.currency);

/** The total alone: what a driver is shown while charging. */
export const totalOf = (terms: RatingTerms, state: RatingState): Price =>
  priceOf(pricedSession(terms, state).total, terms.tariffs[0].tariff.currency);

/**
 * Costs in millionths. The total is rounded half up from the exact amount; amounts and taxes of the
 * parts so that they add up to the total before limits: each is at most one millionth off.
 */
function costsOf({ parts, beforeLimits, total }: PricedSession, currency: Currency): Costs {
  const exact = [...parts.values()];
  const amounts = shares(
    exact.map(({ beforeTaxes }) => beforeTaxes),
    wholeOf(beforeLimits.beforeTaxes),
  );
  const taxes = shares(
    exact.map(taxOf),
    wholeAfter(beforeLimits) - wholeOf(beforeLimits.beforeTaxes),
  );
  const written = [...parts].map(([name, price], index): [Part, Price] => {
    const before = amounts[index] ?? 0;
    return [name, writtenPrice(price, before, before + (taxes[index] ?? 0), currency)];
  });
  return { ...Object.fromEntries(written), total: priceOf(total, currency) };
}

const taxOf = ({ beforeTaxes, afterTaxes = beforeTaxes }: ExactPrice): Ratio =>
  difference(afterTaxes, beforeTaxes);

const wholeAfter = ({ beforeTaxes, afterTaxes = beforeTaxes }: ExactPrice): number =>
  wholeOf(afterTaxes);

const priceOf = (price: ExactPrice, currency: Currency): Price =>
  writtenPrice(price, wholeOf(price.beforeTaxes), wholeAfter(price), currency);

/** Taxes are rounded so that amount before, taxes and amount after add up. */
function writtenPrice(
  { afterTaxes, taxes }: ExactPrice,
  before: number,
  after: number,
  currency: Currency,
): Price {
  const money = (micros: number): Money => ({ micros, currency });
  if (!afterTaxes) return { beforeTaxes: money(before), taxes: [] };
  const rates = [...taxes];
  const amounts = shares(
    rates.map(([, amount]) => amount),
    after - before,
  );
  return {
    beforeTaxes: money(before),
    afterTaxes: money(after),
    taxes: rates.map(([percent], index) => ({
      name: 'VAT',
      ...(percent !== UNKNOWN_RATE && { percent }),
      amount: money(amounts[index] ?? 0),
    })),
  };
}

/**
 * Whole numbers that add up to the rounded total: all are rounded down, and what is missing goes to
 * those that lost most, the earlier first.
 */
function shares(exact: readonly Ratio[], total: number): number[] {
  const floors = exact.map(({ parts, over }) => floorOf(parts, over));
  const missing = total - floors.reduce((before, each) => before + each, 0);
  const byLoss = exact
    .map((value, index) => ({ index, loss: difference(value, whole(floors[index] ?? 0)) }))
    .sort((one, other) => compared(other.loss, one.loss) || one.index - other.index)
    .slice(0, missing)
    .map(({ index }) => index);
  return floors.map((floor, index) => floor + (byLoss.includes(index) ? 1 : 0));
}

function floorOf(parts: bigint, over: bigint): number {
  const quotient = parts / over;
  return Number(parts % over < 0n ? quotient - 1n : quotient);
}
