import { type Instant, instant, plusMillis } from '@voltledger/kernel';
import {
  type StationClock,
  aheadBy,
  isLate,
  observed,
  toldTheTime,
  unknownClock,
} from './station-clock';

const arrival = instant('2026-03-05T11:00:00Z');
const reportedBefore = (seconds: number): Instant => plusMillis(arrival, -seconds * 1_000);
const afterReports = (...lags: number[]): StationClock =>
  lags.reduce((clock, lag) => observed(clock, reportedBefore(lag), arrival), unknownClock);

describe('what we know of the clock of a station', () => {
  it('OCPP-1.6-TX-03: an old time is a late report', () => {
    expect(isLate(unknownClock, reportedBefore(3_600), arrival)).toBe(true);
  });

  it('what is sent again after we were away is late, though nothing is known of the clock yet', () => {
    expect(isLate(unknownClock, reportedBefore(30), arrival)).toBe(true);
    expect(isLate(unknownClock, reportedBefore(4), arrival)).toBe(false);
  });

  it('a report sent again after half a minute is late, once the clock is known', () => {
    const clock = afterReports(0.2, 0.1, 0.3);
    expect(isLate(clock, reportedBefore(30), arrival)).toBe(true);
    expect(isLate(clock, reportedBefore(4), arrival)).toBe(false);
  });

  it('domain 1.4: a clock 47 minutes ahead makes no report late', () => {
    const clock = afterReports(-47 * 60);
    expect(aheadBy(clock)).toBe(47 * 60_000);
    expect(isLate(clock, reportedBefore(-47 * 60), arrival)).toBe(false);
  });

  it('a queue that is sent teaches nothing: each of its reports is late', () => {
    let clock = afterReports(0.1);
    for (let minutes = 60; minutes > 0; minutes -= 1) {
      expect(isLate(clock, reportedBefore(minutes * 60), arrival)).toBe(true);
      clock = observed(clock, reportedBefore(minutes * 60), arrival);
    }
    expect(clock).toEqual(afterReports(0.1));
  });

  it('a station that was told the time has set its clock, if it was off', () => {
    expect(toldTheTime(afterReports(-47 * 60))).toEqual(unknownClock);
    expect(toldTheTime(afterReports(0.2))).toEqual(afterReports(0.2));
    expect(aheadBy(unknownClock)).toBeUndefined();
  });

  it('remembers the latest few', () => {
    expect(afterReports(...Array.from({ length: 50 }, () => 1)).lags).toHaveLength(8);
  });
});
