import { type Instant, epochMillis } from '@voltledger/kernel';
import {
  type ActiveComponents,
  type Kind,
  type Measured,
  activeComponents,
} from './active-components';
import { type ComponentKey, type RatingTerms } from './compiled-tariff';
import { type FlatDue, type PeriodSum, type RatingState, nothingRated } from './rating-state';
import { type Ratio, ZERO, compared, isZero, ratioText, sum, whole } from './ratio';

/** A charging period as somebody's CDR has it, with its volumes. */
export interface GivenPeriod {
  readonly start: Instant;
  /** mWh. */
  readonly energy: Ratio;
  /** Milliseconds of each kind. */
  readonly chargingTime: Ratio;
  readonly parkingTime: Ratio;
  readonly reservedTime: Ratio;
  /** Milliwatts and milliamperes: the period's MIN_ and MAX_ dimensions. */
  readonly power?: Measured | undefined;
  readonly current?: Measured | undefined;
}

/** A whole CDR's periods. */
export interface GivenSession {
  readonly start: Instant;
  readonly end: Instant;
  /** In order of time. */
  readonly periods: readonly GivenPeriod[];
}

/**
 * Prices given volumes: each period by what is in force when it begins, because its maker started
 * a new one wherever a price changed. Nothing is split, merged or interpolated.
 */
export function ratedAsGiven(
  terms: RatingTerms,
  { start, end, periods }: GivenSession,
): RatingState {
  const first = periods.find((period) => !isReservation(period));
  const reservedFirst = first !== periods[0];
  const sessionStart = first && (reservedFirst ? first.start : start);
  let state: RatingState = {
    ...nothingRated(epochMillis(start)),
    until: epochMillis(end),
    ...(sessionStart && { sessionStartedAt: epochMillis(sessionStart) }),
  };
  let energy = ZERO;
  for (const period of periods) {
    state = withGiven(terms, state, period, energy);
    energy = sum(energy, period.energy);
  }
  return state;
}

function withGiven(
  terms: RatingTerms,
  state: RatingState,
  period: GivenPeriod,
  energy: Ratio,
): RatingState {
  if (isReservation(period)) {
    const reserved = activeFor(terms, state, period, energy, 'RESERVATION');
    const { flat, ...sums } = summed(period, reserved, undefined);
    const due = flatDue(state, flat);
    return {
      ...state,
      ...(due && { reservationFlat: state.reservationFlat ?? due }),
      periods: [...state.periods, { ...sums, reserved: true }],
    };
  }
  const charging = activeFor(terms, state, period, energy, 'CHARGING');
  const parking = activeFor(terms, state, period, energy, 'PARKING');
  const { flat, ...sums } = summed(period, charging, parking);
  const due = flatDue(state, flat);
  return {
    ...state,
    ...(due && { flat: state.flat ?? due }),
    periods: [...state.periods, sums],
  };
}

const flatDue = (
  { periods }: RatingState,
  component: ComponentKey | undefined,
): FlatDue | undefined =>
  component === undefined ? undefined : { component, period: periods.length };

const summed = (
  period: GivenPeriod,
  charging: ActiveComponents,
  parking: ActiveComponents | undefined,
): PeriodSum & Pick<ActiveComponents, 'flat'> => ({
  flat: charging.flat,
  from: ratioText(whole(epochMillis(period.start))),
  tariff: 0,
  reserved: false,
  time: charging.time ?? null,
  parking: parking?.time ?? null,
  ...(!isZero(period.energy) && { energyBy: charging.energy ?? null }),
  energy: ratioText(period.energy),
  chargingTime: ratioText(period.chargingTime),
  parkingTime: ratioText(period.parkingTime),
  reservedTime: ratioText(period.reservedTime),
});

const isReservation = ({ chargingTime, parkingTime, reservedTime, energy }: GivenPeriod): boolean =>
  !isZero(reservedTime) && isZero(chargingTime) && isZero(parkingTime) && isZero(energy);

function activeFor(
  terms: RatingTerms,
  state: RatingState,
  { start, power, current }: GivenPeriod,
  energy: Ratio,
  kind: Kind,
): ActiveComponents {
  const at = epochMillis(start);
  const durationsFrom = kind === 'RESERVATION' ? state.startedAt : state.sessionStartedAt;
  const { energyThresholds } = terms.tariffs[0];
  const reached = energyThresholds.filter((each) => compared(energy, whole(each)) >= 0);
  return activeComponents(terms, 0, {
    kind,
    at,
    elapsed: at - (durationsFrom ?? at),
    energyBand: reached.length,
    power,
    current,
  });
}

/**
 * Whether the CDR lacks what a restriction of its tariff asks for: then its price cannot be
 * verified, which is not the same as wrong.
 */
export function unverifiable({ tariffs }: RatingTerms, period: GivenPeriod): boolean {
  if (isReservation(period) || isZero(period.chargingTime)) return false;
  return tariffs[0].tariff.elements.some(({ restrictions = {} }) => {
    const { minPower, maxPower, minCurrent, maxCurrent } = restrictions;
    const asksPower = minPower !== undefined || maxPower !== undefined;
    const asksCurrent = minCurrent !== undefined || maxCurrent !== undefined;
    return (asksPower && !period.power) || (asksCurrent && !period.current);
  });
}
