import { type ChargingState } from '@voltledger/contracts';
import { type Instant, type MilliWattHours } from '@voltledger/kernel';
import { type RatingTerms } from './compiled-tariff';
import { type RatingState } from './rating-state';
import {
  type MeterMark,
  type SessionPrice,
  comesLate,
  priceFromStart,
  ratedSoFar,
  withChargingState,
  withMeterMark,
} from './session-price';

/** Something a session's price is made of. */
export type Mark =
  | (MeterMark & { readonly type: 'meter' })
  | { readonly type: 'state'; readonly at: Instant; readonly state: ChargingState };

export interface SessionEnd {
  readonly endedAt: Instant;
  /** The total that counts, whatever was read before. */
  readonly delivered: MilliWattHours;
}

/** The next mark, or undefined when it is out of order and the price must be built anew. */
export const followed = (
  terms: RatingTerms,
  price: SessionPrice,
  mark: Mark,
): SessionPrice | undefined => (comesLate(price, mark) ? undefined : marked(terms, price, mark));

const marked = (terms: RatingTerms, price: SessionPrice, mark: Mark): SessionPrice =>
  mark.type === 'meter'
    ? withMeterMark(terms, price, mark)
    : withChargingState(price, mark.at, mark.state);

/** The price from all that is known, by time: the same as if it had come in that order. */
export const rebuilt = (
  terms: RatingTerms,
  startedAt: Instant,
  marks: readonly Mark[],
): SessionPrice =>
  [...marks]
    .sort(inTime)
    .reduce(
      (price, mark) => marked(terms, price, notBefore(price, mark)),
      priceFromStart(startedAt),
    );

/**
 * The rating of a session that is over. What was read after its end, or beyond the energy that
 * counts, is not taken.
 */
export function ratedToEnd(
  terms: RatingTerms,
  startedAt: Instant,
  marks: readonly Mark[],
  { endedAt, delivered }: SessionEnd,
): RatingState {
  const taken = marks
    .filter(({ at }) => at <= endedAt)
    .map((mark) =>
      mark.type === 'meter' && mark.delivered > delivered ? { ...mark, delivered } : mark,
    );
  return closed(terms, rebuilt(terms, startedAt, taken), { endedAt, delivered });
}

/** As `ratedToEnd`, when all marks lie before the end and are in `price` already. */
export const closed = (
  terms: RatingTerms,
  price: SessionPrice,
  { endedAt, delivered }: SessionEnd,
): RatingState =>
  ratedSoFar(terms, withMeterMark(terms, price, { at: endedAt, delivered, closing: true }));

export const endsInOrder = (price: SessionPrice, { endedAt, delivered }: SessionEnd): boolean =>
  !comesLate(price, { at: endedAt, delivered });

/** The session makes sure of it; a mark before the start would otherwise stop everything. */
const notBefore = ({ until }: SessionPrice, mark: Mark): Mark =>
  mark.at < until ? { ...mark, at: until } : mark;

function inTime(one: Mark, other: Mark): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  if (one.type !== other.type) return one.type === 'state' ? -1 : 1;
  return one.type === 'meter' && other.type === 'meter' ? one.delivered - other.delivered : 0;
}
