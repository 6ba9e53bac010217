import { type Instant, millisBetween } from '@voltledger/kernel';

/** How much later than stated the latest timely reports arrived, in ms; negative: clock ahead. */
export interface StationClock {
  readonly lags: readonly number[];
}

export const unknownClock: StationClock = { lags: [] };

const REMEMBERED = 8;
/** Beyond what the clock explains, in milliseconds (domain.md 1.4). */
const TOLERANCE = 5_000;

const lagOf = (reportedAt: Instant, arrivedAt: Instant): number =>
  millisBetween(reportedAt, arrivedAt);

/**
 * Whether a report was kept back before it reached us: it is older than the station's clock
 * explains. A version without an `offline` flag leaves no other sign (OCPP-1.6-TX-03), and one with
 * it does not set it on what it sends again after we were away. So as long as nothing is known of
 * the clock, an old time means a late report: stations set slow clocks by our answers.
 */
export function isLate({ lags }: StationClock, reportedAt: Instant, arrivedAt: Instant): boolean {
  const usual = lags.length === 0 ? 0 : Math.min(...lags);
  return lagOf(reportedAt, arrivedAt) > usual + TOLERANCE;
}

/** What a timely report teaches about the clock; a late one teaches nothing. */
export function observed(
  clock: StationClock,
  reportedAt: Instant,
  arrivedAt: Instant,
): StationClock {
  if (isLate(clock, reportedAt, arrivedAt)) return clock;
  return { lags: [...clock.lags, lagOf(reportedAt, arrivedAt)].slice(-REMEMBERED) };
}

/** How far the station's clock is ahead of ours, in milliseconds; undefined while nobody knows. */
export const aheadBy = ({ lags }: StationClock): number | undefined =>
  lags.length === 0 ? undefined : -Math.min(...lags);

/**
 * We have just told the station the time. If its clock was off, it has set it, and what we knew
 * of it no longer holds.
 */
export const toldTheTime = (clock: StationClock): StationClock =>
  Math.abs(aheadBy(clock) ?? 0) > TOLERANCE ? unknownClock : clock;
