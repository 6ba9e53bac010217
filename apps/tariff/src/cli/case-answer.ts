import { decimalText, instantAt } from '@voltledger/kernel';
import { type RatingTerms } from '../domain/compiled-tariff';
import { type ExactPrice } from '../domain/exact-price';
import { inPriceUnits } from '../domain/priced-lines';
import { type Part, type PricedSessionLine, pricedSession } from '../domain/priced-session';
import { actualQuantities, wholeOf } from '../domain/rating-periods';
import { type PeriodSum, type RatingState } from '../domain/rating-state';
import { type Ratio, compared, fromRatioText, isZero, rounded } from '../domain/ratio';

const AMOUNT_DIGITS = 4;
const QUANTITY_DIGITS = 6;

export type Answer = Readonly<Record<string, unknown>>;

const TOTALS: readonly (readonly [Part, string])[] = [
  ['reservation', 'total_reservation_cost'],
  ['fixed', 'total_fixed_cost'],
  ['time', 'total_time_cost'],
  ['energy', 'total_energy_cost'],
  ['parking', 'total_parking_cost'],
];

/**
 * All that can be said of a pricing case, each amount rounded once, from the exact figure.
 *
 * @param segmented whether the periods are ours, cut from a timeline, or were given.
 */
export function pricingAnswer(terms: RatingTerms, state: RatingState, segmented: boolean): Answer {
  const priced = pricedSession(terms, state);
  const totals = TOTALS.flatMap(([part, name]) => {
    const price = priced.parts.get(part);
    return price ? [[name, price4(price)] as const] : [];
  });
  return {
    total_cost: price4(priced.total),
    ...(!samePrice(priced.total, priced.beforeLimits) && {
      total_before_limits: price4(priced.beforeLimits),
    }),
    ...Object.fromEntries(totals),
    lines: priced.lines.map(lineAnswer),
    actual_quantities: quantitiesAnswer(state),
    ...(segmented && { min_charging_periods: state.periods.map(periodAnswer) }),
  };
}

function samePrice(one: ExactPrice, other: ExactPrice): boolean {
  if (compared(one.beforeTaxes, other.beforeTaxes) !== 0) return false;
  return !one.afterTaxes || !other.afterTaxes || compared(one.afterTaxes, other.afterTaxes) === 0;
}

const price4 = ({ beforeTaxes, afterTaxes }: ExactPrice) => ({
  before_taxes: amount4(beforeTaxes),
  after_taxes: afterTaxes ? amount4(afterTaxes) : null,
});

/** Millionths as currency units: 4 decimals, half up from the exact amount. */
const amount4 = ({ parts, over }: Ratio): string =>
  decimalText(rounded({ parts, over: over * 100n }), AMOUNT_DIGITS);

const lineAnswer = ({ dimension, elementIndex, billed, component, price }: PricedSessionLine) => ({
  dimension,
  element: elementIndex,
  billed_quantity: number6(inPriceUnits(dimension, billed)),
  price: Number(decimalText(component.price, QUANTITY_DIGITS)),
  ...(component.vat !== undefined && { vat: Number(component.vat) }),
  before_taxes: amount4(price.beforeTaxes),
});

function quantitiesAnswer(state: RatingState): Answer {
  const { energy, chargingTime, parkingTime, reservedTime } = actualQuantities(state);
  return {
    ...quantity('RESERVATION_TIME_h', inPriceUnits('RESERVATION_TIME', reservedTime)),
    ...quantity('TIME_h', inPriceUnits('TIME', chargingTime)),
    ...quantity('ENERGY_kwh', inPriceUnits('ENERGY', energy)),
    ...quantity('PARKING_TIME_h', inPriceUnits('PARKING_TIME', parkingTime)),
  };
}

const quantity = (name: string, value: Ratio): Answer =>
  isZero(value) ? {} : { [name]: number6(value) };

function periodAnswer(period: PeriodSum) {
  const volumes = [
    ['RESERVATION_TIME', period.reservedTime],
    ['TIME', period.chargingTime],
    ['ENERGY', period.energy],
    ['PARKING_TIME', period.parkingTime],
  ] as const;
  return {
    start_date_time: instantAt(wholeOf(fromRatioText(period.from))).replace('.000Z', 'Z'),
    dimensions: volumes
      .map(([type, text]) => ({ type, volume: inPriceUnits(type, fromRatioText(text)) }))
      .filter(({ volume }) => !isZero(volume))
      .map(({ type, volume }) => ({ type, volume: number6(volume) })),
  };
}

const number6 = ({ parts, over }: Ratio): number =>
  Number(
    decimalText(rounded({ parts: parts * 10n ** BigInt(QUANTITY_DIGITS), over }), QUANTITY_DIGITS),
  );
