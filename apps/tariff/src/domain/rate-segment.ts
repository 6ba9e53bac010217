import {
  type ActiveComponents,
  type Circumstances,
  type Kind,
  type Measured,
  activeComponents,
} from './active-components';
import { type RatingTerms } from './compiled-tariff';
import { type FlatDue, type PeriodSum, type RatingState } from './rating-state';
import { type RatioText, ZERO, fromRatioText, ratio, ratioText, sum, whole } from './ratio';
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
  return {
    ...pricedPieces(terms, segment, course).reduce(withPiece, state),
    until: course.end,
    energy: state.energy + segment.energy,
    ...(sessionStartedAt !== undefined && { sessionStartedAt }),
  };
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
  const { course, active, kind } = priced;
  const summed = summedPiece(priced);
  const last = state.periods.at(-1);
  const instantaneous = course.start === course.end && course.energy === 0;
  // An instant without energy may make a fee due, but is no period of its own.
  const periods = instantaneous
    ? state.periods
    : last && priceStays(last, summed)
      ? [...state.periods.slice(0, -1), together(last, summed)]
      : [...state.periods, summed];
  if (active.flat === undefined) return { ...state, periods };
  const due: FlatDue = { component: active.flat, period: Math.max(0, periods.length - 1) };
  if (kind === 'RESERVATION')
    return { ...state, periods, reservationFlat: state.reservationFlat ?? due };
  return { ...state, periods, flat: state.flat ?? due };
}

function summedPiece({ kind, tariff, course, piece, active }: PricedPiece): PeriodSum {
  const share = ratio(piece.to - piece.from, piece.of);
  const energy = share.parts * BigInt(course.energy);
  const duration = ratioText(ratio(share.parts * BigInt(course.end - course.start), share.over));
  const start = ratio(piece.from * BigInt(course.end - course.start), piece.of);
  return {
    from: ratioText(sum(whole(course.start), start)),
    tariff,
    reserved: kind === 'RESERVATION',
    time: kind === 'PARKING' ? null : (active.time ?? null),
    parking: kind === 'PARKING' ? (active.time ?? null) : null,
    ...(energy !== 0n && { energyBy: active.energy ?? null }),
    energy: ratioText(ratio(energy, share.over)),
    chargingTime: kind === 'CHARGING' ? duration : NONE,
    parkingTime: kind === 'PARKING' ? duration : NONE,
    reservedTime: kind === 'RESERVATION' ? duration : NONE,
  };
}

const NONE: RatioText = ratioText(ZERO);

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

const added = (one: RatioText, other: RatioText): RatioText =>
  other === NONE ? one : ratioText(sum(fromRatioText(one), fromRatioText(other)));
