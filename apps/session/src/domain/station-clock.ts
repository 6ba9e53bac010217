import { type TransactionReport } from '@voltledger/contracts';
import { type Instant, instant, millisBetween, plusMillis } from '@voltledger/kernel';

/** domain.md 1.4: a drift below this is left alone. */
const DRIFT_MILLISECONDS = 5_000;
/** No station is older: a clock that says so was never set. */
const CLOCKS_ARE_SET_SINCE = instant('2010-01-01T00:00:00Z');
/** Nobody reports from tomorrow, online or not. */
const AHEAD_MILLISECONDS_MAX = 24 * 3_600_000;

export interface StationClock {
  /** Our best time for a time of this report. */
  readonly corrected: (sent: Instant) => Instant;
  /** False: the station did not know the time, ours is used. */
  readonly set: boolean;
}

/**
 * How to read the times of one report (domain.md 1.4). What the station kept while offline keeps
 * its time; a report that comes at once is held against its arrival.
 *
 * @param wasRight an earlier report of this session came at once and told the right time: one that
 * now seems old was delayed on its way, and is not misdated.
 */
export function stationClock(
  {
    reportedAt,
    arrivedAt,
    offline,
  }: Pick<TransactionReport, 'reportedAt' | 'arrivedAt' | 'offline'>,
  wasRight: boolean,
): StationClock {
  const behind = millisBetween(reportedAt, arrivedAt);
  const set = isSet(reportedAt) && behind >= -AHEAD_MILLISECONDS_MAX;
  const delayed = wasRight && behind > 0;
  const right = offline || delayed || Math.abs(behind) <= DRIFT_MILLISECONDS;
  const shift = set && right ? 0 : behind;
  return {
    set,
    corrected: (sent) => (isSet(sent) || !set ? plusMillis(sent, shift) : arrivedAt),
  };
}

const isSet = (time: Instant): boolean => time >= CLOCKS_ARE_SET_SINCE;
