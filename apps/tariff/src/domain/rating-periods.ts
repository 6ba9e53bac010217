import { type ChargingPeriod } from '@voltledger/contracts';
import { type MilliWattHours, instantAt } from '@voltledger/kernel';
import { type RatingTerms } from './compiled-tariff';
import { type PeriodSum, type RatingState } from './rating-state';
import { type Ratio, ZERO, fromRatioText, rounded, sum } from './ratio';

/**
 * The periods in whole milliseconds and milliwatt-hours. Each figure is the rounded running sum
 * minus the one before, so that periods tile the session and add up to its totals.
 */
export function chargingPeriods(terms: RatingTerms, state: RatingState): ChargingPeriod[] {
  const { periods } = state;
  if (periods.length === 0) return [emptyPeriod(terms, state)];
  const starts = [...periods.map(({ from }) => wholeOf(fromRatioText(from))), state.until];
  const energies = running(periods, ({ energy }) => energy);
  const charging = running(periods, ({ chargingTime }) => chargingTime);
  const parking = running(periods, ({ parkingTime }) => parkingTime);
  const reserved = running(periods, ({ reservedTime }) => reservedTime);
  return periods.map((period, index) => ({
    startedAt: instantAt(starts[index] ?? state.startedAt),
    endedAt: instantAt(starts[index + 1] ?? state.until),
    energy: (energies[index] ?? 0) as MilliWattHours,
    chargingTime: charging[index] ?? 0,
    parkingTime: parking[index] ?? 0,
    reservedTime: reserved[index] ?? 0,
    tariffId: (terms.tariffs[period.tariff] ?? terms.tariffs[0]).tariff.tariffId,
  }));
}

/** A session that ended as it began still has a period (OCPI-CDR-16). */
const emptyPeriod = (terms: RatingTerms, { startedAt, until }: RatingState): ChargingPeriod => ({
  startedAt: instantAt(startedAt),
  endedAt: instantAt(until),
  energy: 0 as MilliWattHours,
  chargingTime: 0,
  parkingTime: 0,
  reservedTime: 0,
  tariffId: terms.tariffs[0].tariff.tariffId,
});

/** Exact totals of a state: mWh and milliseconds. */
export interface ActualQuantities {
  readonly energy: Ratio;
  readonly chargingTime: Ratio;
  readonly parkingTime: Ratio;
  readonly reservedTime: Ratio;
}

export function actualQuantities({ periods }: RatingState): ActualQuantities {
  const total = (of: (period: PeriodSum) => string): Ratio =>
    periods.reduce((before, period) => sum(before, fromRatioText(of(period))), ZERO);
  return {
    energy: total(({ energy }) => energy),
    chargingTime: total(({ chargingTime }) => chargingTime),
    parkingTime: total(({ parkingTime }) => parkingTime),
    reservedTime: total(({ reservedTime }) => reservedTime),
  };
}

function running(periods: readonly PeriodSum[], of: (period: PeriodSum) => string): number[] {
  let exact = ZERO;
  let before = 0;
  return periods.map((period) => {
    exact = sum(exact, fromRatioText(of(period)));
    const now = wholeOf(exact);
    const share = now - before;
    before = now;
    return share;
  });
}

export const wholeOf = (value: Ratio): number => Number(rounded(value));
