import { type TransactionReport } from '@voltledger/contracts';
import { type Instant, instant, millisBetween, plusMillis } from '@voltledger/kernel';
import {
  SAMPLE_SESSION as sessionId,
  at,
  historyOf,
  sampleReading,
  sampleReport,
} from '@voltledger/testing';
import { chargingSession } from './charging-session';
import { type SessionCommand, type StationReport } from './session-command';
import { stationClock } from './station-clock';

const MINUTE = 60_000;

/** A report as a station writes it whose clock is `ahead` minutes ahead. */
const clockedReport = (
  time: string,
  ahead: number,
  register: string,
  rest: Partial<TransactionReport> = {},
): TransactionReport => {
  const wrong = (moment: string): Instant => plusMillis(at(moment), ahead * MINUTE);
  const readings = [{ ...sampleReading(register, time), measuredAt: wrong(time) }];
  return sampleReport(time, readings, {
    reportedAt: wrong(time),
    arrivedAt: plusMillis(at(time), 400),
    ...rest,
  });
};

const take = (kind: StationReport['kind'], report: TransactionReport): SessionCommand => ({
  type: 'TakeReport',
  sessionId,
  kind,
  report,
});

describe('the clock of a station (domain 1.4)', () => {
  it.each([47, -47])('%i minutes off: corrected within 5 s, the energy unchanged', (ahead) => {
    const events = historyOf(
      chargingSession,
      take('started', clockedReport('10:00', ahead, '100')),
      take('updated', clockedReport('10:10', ahead, '101')),
      take('ended', clockedReport('10:20', ahead, '102')),
    );
    const start = events.find(({ type }) => type === 'SessionStarted')?.data;
    const end = events.find(({ type }) => type === 'SessionEnded')?.data;
    expect(start).toMatchObject({ reportedAt: plusMillis(at('10:00'), ahead * MINUTE) });
    const times = [start, end].map((data) =>
      data && 'startedAt' in data
        ? data.startedAt
        : data && 'endedAt' in data
          ? data.endedAt
          : at('00:00'),
    );
    expect(Math.abs(millisBetween(at('10:00'), times[0]!))).toBeLessThan(5_000);
    expect(Math.abs(millisBetween(at('10:20'), times[1]!))).toBeLessThan(5_000);
    expect(end).toMatchObject({ delivered: 2_000_000 });
    expect(events.filter(({ type }) => type === 'MeterAnomalyFound')).toEqual([]);
  });

  it('keeps beside the corrected time the one the station sent', () => {
    const [, reading] = historyOf(
      chargingSession,
      take('started', clockedReport('10:00', 47, '100')),
    );
    expect(reading).toMatchObject({
      type: 'MeterValueRecorded',
      data: { measuredAt: plusMillis(at('10:00'), 400), reportedAt: at('10:47') },
    });
  });

  it('is believed for what was kept offline (OCPP-2.0.1-TX-10)', () => {
    const offline = { offline: true, arrivedAt: at('18:00') };
    const [start] = historyOf(
      chargingSession,
      take('started', clockedReport('10:00', 0, '100', offline)),
    );
    expect(start).toMatchObject({ data: { startedAt: at('10:00'), offline: true } });
  });

  it('is believed when it was right before: that report was delayed on its way', () => {
    const delayed = { arrivedAt: at('10:25') };
    const events = historyOf(
      chargingSession,
      take('started', clockedReport('10:00', 0, '100')),
      take('ended', clockedReport('10:10', 0, '101', delayed)),
    );
    expect(events.at(-1)).toMatchObject({ type: 'SessionEnded', data: { endedAt: at('10:10') } });
  });

  it('that was never set is replaced by ours, and doubted once (OCPP-J-BOOT-09)', () => {
    const unset = (time: string, seconds: number, register: string): TransactionReport => {
      const reportedAt = plusMillis(instant('1970-01-01T00:00:00Z'), seconds * 1_000);
      const readings = [{ ...sampleReading(register, time), measuredAt: reportedAt }];
      return sampleReport(time, readings, { reportedAt, arrivedAt: at(time), offline: true });
    };
    const events = historyOf(
      chargingSession,
      take('started', unset('10:00', 5, '100')),
      take('ended', unset('10:20', 1_205, '102')),
    );
    const doubts = events.filter(({ type }) => type === 'MeterAnomalyFound');
    expect(doubts).toHaveLength(1);
    expect(doubts[0]).toMatchObject({ data: { kind: 'clock' } });
    expect(events[0]).toMatchObject({ data: { startedAt: at('10:00') } });
    expect(events.at(-1)).toMatchObject({ data: { endedAt: at('10:20'), delivered: 2_000_000 } });
  });

  it('that is years ahead is not believed either, not even offline', () => {
    const reportedAt = instant('2099-01-01T00:00:00Z');
    const clock = stationClock({ reportedAt, arrivedAt: at('10:00'), offline: true }, false);
    expect(clock.set).toBe(false);
    expect(clock.corrected(reportedAt)).toBe(at('10:00'));
  });

  it('may know the time while a single reading does not', () => {
    const clock = stationClock(
      { reportedAt: at('10:00'), arrivedAt: at('10:00:01'), offline: false },
      true,
    );
    expect(clock.corrected(instant('1970-01-01T00:00:07Z'))).toBe(at('10:00:01'));
  });
});
