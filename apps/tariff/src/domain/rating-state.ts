import { type ComponentKey } from './compiled-tariff';
import { type RatioText } from './ratio';

/** A start fee that has become due, and in which period. */
export interface FlatDue {
  readonly component: ComponentKey;
  readonly period: number;
}

/** Sums of a stretch in which no price changed. Quantities are actual, never raised. */
export interface PeriodSum {
  /** Milliseconds since the epoch. */
  readonly from: RatioText;
  /** Which of the terms' tariffs (R-03). */
  readonly tariff: number;
  readonly reserved: boolean;
  /** What prices an hour here; `null`: nothing does. */
  readonly time: ComponentKey | null;
  readonly parking: ComponentKey | null;
  /** What prices a kWh here; absent until one flows. */
  readonly energyBy?: ComponentKey | null;
  /** mWh. */
  readonly energy: RatioText;
  /** Milliseconds of each kind. */
  readonly chargingTime: RatioText;
  readonly parkingTime: RatioText;
  readonly reservedTime: RatioText;
}

/**
 * All that is known of a session's price, folded from its segments. Plain JSON; it grows with the
 * changes of price, not with the readings.
 */
export interface RatingState {
  /** Where the next segment begins: milliseconds since the epoch. */
  readonly until: number;
  readonly startedAt: number;
  readonly sessionStartedAt?: number;
  /** mWh of the session so far. */
  readonly energy: number;
  readonly flat?: FlatDue;
  readonly reservationFlat?: FlatDue;
  readonly periods: readonly PeriodSum[];
}

/** Nothing has happened yet; the first segment begins at `startedAt` (milliseconds). */
export const nothingRated = (startedAt: number): RatingState => ({
  until: startedAt,
  startedAt,
  energy: 0,
  periods: [],
});
