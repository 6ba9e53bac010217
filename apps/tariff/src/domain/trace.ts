import { type Restrictions, restrictionsSchema } from '@voltledger/contracts';
import { decimalText, instantAt } from '@voltledger/kernel';
import { type RatingTerms } from './compiled-tariff';
import { type ExactPrice } from './exact-price';
import { type LineDimension, type Rounding, inPriceUnits } from './priced-lines';
import { type PricedSession, type PricedSessionLine } from './priced-session';
import { wholeOf } from './rating-periods';
import { type PeriodSum, type RatingState } from './rating-state';
import { type Ratio, compared, fromRatioText, isZero, rounded } from './ratio';

const DIGITS = 6;

/**
 * One line per amount: which stretch of time, which element under which restriction, which quantity
 * at which price. Then every rounding, what nothing priced, and the limits.
 */
export function traceOf(terms: RatingTerms, state: RatingState, priced: PricedSession): string[] {
  const { currency } = terms.tariffs[0].tariff;
  return [
    ...priced.lines.map((line) => lineText(state, line, currency)),
    ...priced.roundings.map(roundingText),
    ...state.periods.flatMap((period, index) => unpricedTexts(state, period, index)),
    ...limitTexts(priced, currency),
    `total: ${amountsText(priced.total, currency)}`,
  ];
}

function lineText(state: RatingState, line: PricedSessionLine, currency: string): string {
  const { dimension, element, elementIndex, component, quantity, billed, price, tariff } = line;
  const unit = UNIT_NAMES[dimension];
  const amount = decimal(inPriceUnits(dimension, billed));
  const raisedFrom =
    compared(billed, quantity) === 0 ? '' : ` (${decimal(inPriceUnits(dimension, quantity))} used)`;
  const what = dimension === 'FLAT' ? 'once' : `${amount} ${unit}${raisedFrom}`;
  const each = dimension === 'FLAT' ? '' : `/${unit}`;
  const name = dimension === 'FLAT' && line.reserved ? 'FLAT of the reservation' : dimension;
  const rate = `${decimalShort(decimalText(component.price, DIGITS))} ${currency}${each}`;
  return (
    `${spanText(state, line.period)} ${name}: ${what} at ${rate}, ` +
    `element ${elementIndex + 1} of ${tariff.tariff.tariffId} ` +
    `(${restrictionsText(element.restrictions)}): ${amountsText(price, currency)}` +
    (component.vat === undefined ? '' : `, VAT ${component.vat} %`)
  );
}

function roundingText({ dimension, elementIndex, stepSize, actual, billed }: Rounding): string {
  const unit = UNIT_NAMES[dimension];
  const step = dimension === 'ENERGY' ? `${stepSize} Wh` : `${stepSize} s`;
  return (
    `step_size: ${decimal(inPriceUnits(dimension, actual))} ${unit} of ${dimension} are billed as ` +
    `${decimal(inPriceUnits(dimension, billed))} ${unit}: whole steps of ${step}, ` +
    `as the last priced component says (element ${elementIndex + 1})`
  );
}

function unpricedTexts(state: RatingState, period: PeriodSum, index: number): string[] {
  const unpriced = (dimension: LineDimension, by: string | null | undefined, amount: string) => {
    const quantity = fromRatioText(amount);
    if (typeof by === 'string' || isZero(quantity)) return [];
    const text = `${decimal(inPriceUnits(dimension, quantity))} ${UNIT_NAMES[dimension]}`;
    return [`${spanText(state, index)} ${dimension}: ${text} cost nothing, no element has a price`];
  };
  return [
    ...unpriced('ENERGY', period.energyBy, period.energy),
    ...unpriced('TIME', period.time, period.chargingTime),
    ...unpriced('PARKING_TIME', period.parking, period.parkingTime),
    ...unpriced('RESERVATION_TIME', period.time, period.reservedTime),
  ];
}

function limitTexts({ beforeLimits, total }: PricedSession, currency: string): string[] {
  const unlimited = amountsText(beforeLimits, currency);
  const limited = amountsText(total, currency);
  return unlimited === limited ? [] : [`min_price and max_price turn ${unlimited} into ${limited}`];
}

const amountsText = ({ beforeTaxes, afterTaxes }: ExactPrice, currency: string): string =>
  `${decimal(inUnits(beforeTaxes))} ${currency}` +
  (afterTaxes ? ` before and ${decimal(inUnits(afterTaxes))} ${currency} after taxes` : '');

const inUnits = ({ parts, over }: Ratio): Ratio => ({ parts, over: over * 1_000_000n });

function spanText({ periods, until, startedAt }: RatingState, index: number): string {
  const edge = (position: number, otherwise: number): string => {
    const period = periods[position];
    return instantAt(period ? wholeOf(fromRatioText(period.from)) : otherwise);
  };
  return `${edge(index, startedAt)} to ${edge(index + 1, until)}`;
}

const UNIT_NAMES: Readonly<Record<LineDimension, string>> = {
  ENERGY: 'kWh',
  TIME: 'h',
  PARKING_TIME: 'h',
  RESERVATION_TIME: 'h',
  FLAT: '',
};

/** In the order of the contract: a tariff that was stored in between has its fields in another. */
function restrictionsText(restrictions: Restrictions): string {
  const names = Object.keys(restrictionsSchema.shape) as (keyof Restrictions)[];
  const asked = names.flatMap((name) => {
    const value = restrictions[name];
    return value === undefined ? [] : [`${name} ${String(value)}`];
  });
  return asked.length === 0 ? 'always' : asked.join(', ');
}

/** At most six decimals, half up, without idle zeros. */
const decimal = ({ parts, over }: Ratio): string =>
  decimalShort(decimalText(rounded({ parts: parts * 10n ** BigInt(DIGITS), over }), DIGITS));

const decimalShort = (text: string): string => text.replace(/\.?0+$/, '') || '0';
