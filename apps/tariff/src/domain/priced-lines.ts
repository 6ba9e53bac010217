import {
  type ComponentKey,
  type FoundComponent,
  type RatingTerms,
  componentAt,
} from './compiled-tariff';
import { type FlatDue, type PeriodSum, type RatingState } from './rating-state';
import {
  ONE,
  type Ratio,
  difference,
  fromRatioText,
  isZero,
  raised,
  reduced,
  sum,
  sumOf,
} from './ratio';

export type LineDimension = 'ENERGY' | 'FLAT' | 'PARKING_TIME' | 'RESERVATION_TIME' | 'TIME';

/** A quantity of one period and what it is billed as. */
export interface PricedLine extends FoundComponent {
  readonly dimension: LineDimension;
  /** The price of a reservation, fee or time. */
  readonly reserved: boolean;
  /** Index of the period. */
  readonly period: number;
  /** mWh or milliseconds; 1 for FLAT. */
  readonly quantity: Ratio;
  readonly billed: Ratio;
}

/** A rounding up to a multiple of a step size, once per session and dimension. */
export interface Rounding {
  readonly dimension: LineDimension;
  readonly elementIndex: number;
  readonly stepSize: number;
  readonly actual: Ratio;
  readonly billed: Ratio;
}

export interface PricedLines {
  readonly lines: readonly PricedLine[];
  readonly roundings: readonly Rounding[];
}

/** Step sizes count Wh and seconds; quantities count mWh and milliseconds. */
const STEP_UNIT = 1_000n;

/** One line per period and dimension that something prices, step sizes applied. */
export function pricedLines(terms: RatingTerms, state: RatingState): PricedLines {
  const actual = actualLines(terms, state);
  // Priced parking takes the rounding of both times; charging time then stays exact.
  const parked = actual.some(({ dimension }) => dimension === 'PARKING_TIME');
  const roundedOnes: readonly LineDimension[] = [
    'ENERGY',
    parked ? 'PARKING_TIME' : 'TIME',
    'RESERVATION_TIME',
  ];
  const roundings = roundedOnes.flatMap((dimension) => roundingOf(dimension, actual));
  const lines = roundings.reduce(withRounding, actual);
  return { lines, roundings };
}

/** The last component that priced something gives the step size for the whole. */
function roundingOf(dimension: LineDimension, lines: readonly PricedLine[]): Rounding[] {
  const own = lines.filter((line) => line.dimension === dimension);
  const last = own.at(-1);
  if (!last || last.component.stepSize === 0) return [];
  const { elementIndex, component } = last;
  const { stepSize } = component;
  const actual = sumOf(own.map(({ quantity }) => quantity));
  const billed = raised(actual, BigInt(stepSize) * STEP_UNIT);
  if (isZero(difference(billed, actual))) return [];
  return [{ dimension, elementIndex, stepSize, actual, billed }];
}

/** What was rounded up is charged at the last price. */
function withRounding(
  lines: readonly PricedLine[],
  { dimension, actual, billed }: Rounding,
): readonly PricedLine[] {
  const last = lines.findLastIndex((line) => line.dimension === dimension);
  const extra = difference(billed, actual);
  return lines.map((line, index) =>
    index === last ? { ...line, billed: sum(line.billed, extra) } : line,
  );
}

function actualLines(terms: RatingTerms, state: RatingState): readonly PricedLine[] {
  const found = state.periods.flatMap((period, index) => [
    ...flatLines(terms, state, index),
    ...quantityLines(terms, period, index),
  ]);
  // A fee may be due although nothing was measured: a session that ended as it began.
  return state.periods.length > 0 ? found : flatLines(terms, state, 0);
}

function flatLines(
  terms: RatingTerms,
  { flat, reservationFlat }: RatingState,
  period: number,
): PricedLine[] {
  const line = (due: FlatDue | undefined, reserved: boolean): PricedLine[] =>
    due?.period === period
      ? [priced(terms, due.component, { dimension: 'FLAT', reserved, period, quantity: ONE })]
      : [];
  return [...line(reservationFlat, true), ...line(flat, false)];
}

function quantityLines(terms: RatingTerms, sums: PeriodSum, period: number): PricedLine[] {
  const { reserved, energyBy, time, parking } = sums;
  const line = (
    dimension: LineDimension,
    by: ComponentKey | null | undefined,
    amount: string,
  ): PricedLine[] => {
    const quantity = fromRatioText(amount);
    if (by === null || by === undefined || isZero(quantity)) return [];
    return [priced(terms, by, { dimension, reserved, period, quantity })];
  };
  return [
    ...line('ENERGY', energyBy, sums.energy),
    ...line('TIME', time, sums.chargingTime),
    ...line('PARKING_TIME', parking, sums.parkingTime),
    ...line('RESERVATION_TIME', time, sums.reservedTime),
  ];
}

type Quantity = Pick<PricedLine, 'dimension' | 'period' | 'quantity' | 'reserved'>;

const priced = (terms: RatingTerms, key: ComponentKey, quantity: Quantity): PricedLine => ({
  ...componentAt(terms, key),
  ...quantity,
  billed: quantity.quantity,
});

/** mWh in a kWh, milliseconds in an hour: what `price` is asked for. */
const UNITS: Readonly<Record<LineDimension, Ratio>> = {
  ENERGY: { parts: 1_000_000n, over: 1n },
  TIME: { parts: 3_600_000n, over: 1n },
  PARKING_TIME: { parts: 3_600_000n, over: 1n },
  RESERVATION_TIME: { parts: 3_600_000n, over: 1n },
  FLAT: ONE,
};

/** A quantity in the unit of its price: kWh, hours, or times. */
export const inPriceUnits = (dimension: LineDimension, amount: Ratio): Ratio => {
  const unit = UNITS[dimension];
  return reduced({ parts: amount.parts, over: amount.over * unit.parts });
};

/** Millionths of the currency: price times billed quantity, before any tax is looked at. */
export function lineAmount({ dimension, component, billed }: PricedLine): Ratio {
  const quantity = inPriceUnits(dimension, billed);
  return { parts: quantity.parts * BigInt(component.price), over: quantity.over };
}
