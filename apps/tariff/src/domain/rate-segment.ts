import {
  type ActiveComponents,
  type Circumstances,
  type Kind,
  type Measured,
  activeComponents,
} from './active-components';
import { type RatingTerms } from './compiled-tariff';
import { type FlatDue, type PeriodSum, type RatingState } from './rating-state';
import { type Ratio, type RatioText, fromRatioText, ratioText, sum } from './ratio';
import {
  type Course,
  type Piece,
  type Segment,
  courseOf,
  energyBandIn,
  instantIn,
  pieces,
} from './segment';

/** A piece, or several neighbours priced alike, with what prices it. */
interface PricedPiece {
  readonly kind: Kind;
  readonly tariff: number;
  readonly course: Course;
  readonly piece: Piece;
  readonly active: ActiveComponents;
}

/**
 * Adds the next segment to a rating. The work depends on the prices that change within the segment,
 * not on what came before it.
 *
 * @throws RangeError when the segment does not begin where the one before ended, or ends before it
 * begins: whoever makes segments has to see to that.
 */
export function withSegment(terms: RatingTerms, state: RatingState, segment: Segment): RatingState {
  const reserved = segment.kind === 'RESERVATION';
  const course = courseOf(
    segment,
    state.energy,
    reserved ? state.startedAt : state.sessionStartedAt,
  );
  if (course.start !== state.until || course.end < course.start)
    throw new RangeError(`a segment from ${segment.start} to ${segment.end} does not follow on`);
  const sessionStartedAt = reserved ? undefined : (state.sessionStartedAt ?? course.start);
  const priced = pricedPieces(terms, segment, course).reduce(withPiece, state);
  const energy = state.energy + segment.energy;
  if (sessionStartedAt === undefined) return { ...priced, until: course.end, energy };
  return { ...priced, until: course.end, energy, sessionStartedAt };
}

function pricedPieces(terms: RatingTerms, segment: Segment, course: Course): PricedPiece[] {
  const index = segment.tariff ?? 0;
  const tariff = terms.tariffs[index];
  if (!tariff) throw new Error(`no tariff ${index} in these terms`);
  const found: PricedPiece[] = [];
  for (const piece of pieces(tariff, course)) {
    const at = instantIn(course, piece);
    const circumstances: Circumstances = {
      kind: segment.kind,
      at,
      elapsed: at - course.durationsFrom,
      energyBand: energyBandIn(tariff, course, piece),
      power: momentary(segment.power),
      current: momentary(segment.current),
    };
    const active = activeComponents(terms, index, circumstances);
    const last = found.at(-1);
    if (last && alike(last.active, active))
      found[found.length - 1] = { ...last, piece: { ...last.piece, to: piece.to } };
    else found.push({ kind: segment.kind, tariff: index, course, piece, active });
  }
  return found;
}

const momentary = (value: number | undefined): Measured | undefined =>
  value === undefined ? undefined : { least: value, most: value };

const alike = (one: ActiveComponents, other: ActiveComponents): boolean =>
  one.flat === other.flat && one.energy === other.energy && one.time === other.time;

function withPiece(state: RatingState, priced: PricedPiece): RatingState {
  const periods = withSums(state.periods, priced);
  const { flat } = priced.active;
  if (flat === undefined) return { ...state, periods };
  const due: FlatDue = { component: flat, period: Math.max(0, periods.length - 1) };
  if (priced.kind === 'RESERVATION')
    return { ...state, periods, reservationFlat: state.reservationFlat ?? due };
  return { ...state, periods, flat: state.flat ?? due };
}

function withSums(periods: readonly PeriodSum[], priced: PricedPiece): readonly PeriodSum[] {
  const { start, end, energy } = priced.course;
  // An instant without energy may make a fee due, but is no period of its own.
  if (start === end && energy === 0) return periods;
  const summed = summedPiece(priced);
  const last = periods.at(-1);
  if (last && priceStays(last, summed)) return [...periods.slice(0, -1), together(last, summed)];
  return [...periods, summed];
}

function summedPiece({ kind, tariff, course, piece, active }: PricedPiece): PeriodSum {
  const share = { parts: piece.to - piece.from, over: piece.of };
  const duration = portion(course.end - course.start, share);
  const begun = portion(course.end - course.start, { parts: piece.from, over: piece.of });
  const parked = kind === 'PARKING';
  const price = active.time ?? null;
  return {
    from: added(String(course.start), begun),
    tariff,
    reserved: kind === 'RESERVATION',
    time: parked ? null : price,
    parking: parked ? price : null,
    ...(course.energy !== 0 && { energyBy: active.energy ?? null }),
    energy: portion(course.energy, share),
    chargingTime: kind === 'CHARGING' ? duration : NONE,
    parkingTime: parked ? duration : NONE,
    reservedTime: kind === 'RESERVATION' ? duration : NONE,
  };
}

const NONE: RatioText = '0';

/** A share of a whole amount; all or nothing of it needs no arithmetic. */
function portion(amount: number, { parts, over }: Ratio): RatioText {
  if (parts === over) return String(amount);
  if (parts === 0n) return NONE;
  return ratioText({ parts: parts * BigInt(amount), over });
}

/** No other component becomes active: the period goes on. Energy asks only once it flows. */
function priceStays(last: PeriodSum, next: PeriodSum): boolean {
  return (
    last.reserved === next.reserved &&
    last.tariff === next.tariff &&
    last.time === next.time &&
    last.parking === next.parking &&
    (last.energyBy === undefined || next.energyBy === undefined || last.energyBy === next.energyBy)
  );
}

function together(last: PeriodSum, next: PeriodSum): PeriodSum {
  const energyBy = last.energyBy === undefined ? next.energyBy : last.energyBy;
  return {
    ...last,
    ...(energyBy !== undefined && { energyBy }),
    energy: added(last.energy, next.energy),
    chargingTime: added(last.chargingTime, next.chargingTime),
    parkingTime: added(last.parkingTime, next.parkingTime),
    reservedTime: added(last.reservedTime, next.reservedTime),
  };
}

const added = (one: RatioText, other: RatioText): RatioText => {
  if (other === NONE) return one;
  // Almost always both are whole, and then far below what a double counts exactly.
  const quick = Number(one) + Number(other);
  if (Number.isSafeInteger(quick)) return String(quick);
  return ratioText(sum(fromRatioText(one), fromRatioText(other)));
};
