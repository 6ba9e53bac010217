import { type Reading, type TransactionReport } from '@voltledger/contracts';
import { energy, fold } from '@voltledger/kernel';
import {
  SAMPLE_SESSION as sessionId,
  at,
  given,
  historyOf,
  sampleReading,
  sampleReport,
} from '@voltledger/testing';
import { chargingSession } from './charging-session';
import { type SessionCommand, type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import { SET_ASIDE_MAX } from './session-state';

const take = (
  kind: StationReport['kind'],
  seqNo: number,
  time: string,
  readings: Reading[] = [],
  rest: Partial<TransactionReport> = {},
): SessionCommand => ({
  type: 'TakeReport',
  sessionId,
  kind,
  report: sampleReport(time, readings, { seqNo, ...rest }),
});

const start = take('started', 0, '10:00', [sampleReading('100', '10:00', { context: 'begin' })]);
const read = (seqNo: number, register: string, time: string) =>
  take('updated', seqNo, time, [sampleReading(register, time)]);
const end = (seqNo: number, register: string, time: string) =>
  take('ended', seqNo, time, [sampleReading(register, time, { context: 'end' })]);

const inShort = ({ type, data }: ChargingEvent): string =>
  type === 'ReportTaken' ? `taken ${data.seqNo ?? '-'}` : type;
const story = (...commands: SessionCommand[]) => historyOf(chargingSession, ...commands);
const told = (...commands: SessionCommand[]) => story(...commands).map(inShort);
const after = (...commands: SessionCommand[]) => fold(chargingSession, story(...commands));

describe('reports that come out of order (domain 1.3, OCPP-2.0.1-TX-07)', () => {
  it('sets a report aside until the ones before it are here, then takes all in order', () =>
    expect(
      told(start, read(2, '102', '10:02'), end(3, '103', '10:03'), read(1, '101', '10:01')),
    ).toEqual([
      ...['SessionStarted', 'taken 0'],
      ...['ReportSetAside', 'ReportSetAside'],
      ...['MeterValueRecorded', 'taken 1'],
      ...['MeterValueRecorded', 'taken 2'],
      ...['MeterValueRecorded', 'SessionEnded', 'taken 3'],
    ]));

  it('waits for the start when something else comes first', () => {
    expect(after(end(2, '102', '10:02')).status).toBe('announced');
    expect(told(end(2, '102', '10:02'), read(1, '101', '10:01'), start)).toEqual([
      ...['ReportSetAside', 'ReportSetAside'],
      ...['SessionStarted', 'taken 0'],
      ...['MeterValueRecorded', 'taken 1'],
      ...['MeterValueRecorded', 'SessionEnded', 'taken 2'],
    ]);
  });

  it('sets the same report aside once', () =>
    expect(told(start, read(2, '102', '10:02'), read(2, '102', '10:02')).at(-1)).toBe(
      'ReportSetAside',
    ));

  it('counts on from wherever the start began to count (OCPP-2.0.1-TX-06)', () => {
    const from40 = take('started', 40, '10:00');
    expect(told(from40, read(41, '101', '10:01'), read(43, '103', '10:03'))).toEqual([
      ...['SessionStarted', 'taken 40', 'MeterValueRecorded', 'taken 41', 'ReportSetAside'],
    ]);
  });

  it('counts a report that brings nothing else', () =>
    expect(told(start, take('updated', 1, '10:01'), read(2, '102', '10:02'))).toEqual([
      ...['SessionStarted', 'taken 0', 'taken 1', 'MeterValueRecorded', 'taken 2'],
    ]));

  it('takes at once what bears an old number but says something new: some stations always say 0 (OCPP-2.0.1-TX-09)', () =>
    expect(told(start, read(0, '101', '10:01'), end(0, '102', '10:02'))).toEqual([
      ...['SessionStarted', 'taken 0', 'MeterValueRecorded', 'MeterValueRecorded', 'SessionEnded'],
    ]));

  it('takes an end last among reports that all bear the number 0', () =>
    expect(told(end(0, '102', '10:02'), read(0, '101', '10:01'), start).at(-2)).toBe(
      'SessionEnded',
    ));

  it('is the same session when a second start comes for it (OCPP-2.0.1-TX-12)', () => {
    const again = take('started', 1, '10:05', [sampleReading('101', '10:05')]);
    expect(told(start, again)).toEqual([
      ...['SessionStarted', 'taken 0', 'MeterValueRecorded', 'taken 1'],
    ]);
  });
});

describe('a gap that does not close (domain 1.3, OCPP-2.0.1-TX-08)', () => {
  const waiting = story(start, read(3, '103', '10:03'), end(4, '104', '10:04'));

  it('is waited for', () =>
    given(chargingSession, ...waiting)
      .when({ type: 'CloseGap', sessionId, arrivedBefore: at('10:02') })
      .thenNothing());

  it('is closed after that: what is missing is said, what waited is taken', () => {
    const events = historyOf(
      chargingSession,
      ...[start, read(3, '103', '10:03'), end(4, '104', '10:04')],
      { type: 'CloseGap', sessionId, arrivedBefore: at('10:04') },
    ).slice(waiting.length);
    expect(events.map(inShort)).toEqual([
      'MeterAnomalyFound',
      ...['MeterValueRecorded', 'taken 3'],
      ...['MeterValueRecorded', 'SessionEnded', 'taken 4'],
    ]);
    expect(events[0]).toEqual({
      type: 'MeterAnomalyFound',
      data: {
        ...{ sessionId, kind: 'gap', measuredAt: at('10:03') },
        detail: 'Reports from 1 up to before 3 never came.',
      },
    });
  });

  it('leaves alone what has not waited long enough', () => {
    const events = story(start, read(3, '103', '10:03'), read(5, '105', '10:05'), {
      type: 'CloseGap',
      sessionId,
      arrivedBefore: at('10:04'),
    });
    const session = fold(chargingSession, events);
    expect(session).toMatchObject({ status: 'active', expected: 4 });
    expect(session.status === 'active' && session.aside).toHaveLength(1);
  });

  it('keeps what was missing when it comes after the end, without changing the total', () =>
    expect(
      told(
        ...[start, end(2, '102', '10:02')],
        { type: 'CloseGap', sessionId, arrivedBefore: at('11:00') },
        read(1, '101', '10:01'),
      ).slice(-3),
    ).toEqual(['SessionEnded', 'taken 2', 'LateDataReceived']));

  it('that hides the start itself is closed with the first report as a start, and doubted', () => {
    const events = story(read(1, '101', '10:01'), end(2, '102', '10:02'), {
      type: 'CloseGap',
      sessionId,
      arrivedBefore: at('12:00'),
    }).slice(2);
    expect(events.map(inShort)).toEqual([
      'SessionStarted',
      'MeterAnomalyFound',
      ...['MeterValueRecorded', 'taken 1'],
      ...['MeterValueRecorded', 'SessionEnded', 'taken 2'],
    ]);
    expect(events.at(-2)).toMatchObject({ data: { delivered: energy('1') } });
  });

  it('is closed at once when more waits than we keep: the state stays of one size', () => {
    const flood = Array.from({ length: SET_ASIDE_MAX + 1 }, (_, index) =>
      take('updated', index + 2, '10:01', [], { fingerprint: `f${index}` }),
    );
    const session = after(start, ...flood);
    expect(session).toMatchObject({ status: 'active', expected: SET_ASIDE_MAX + 3, aside: [] });
    expect(story(start, ...flood).filter(({ type }) => type === 'MeterAnomalyFound')).toHaveLength(
      1,
    );
  });

  it('is nothing to a session that misses nothing', () =>
    given(chargingSession, ...story(start))
      .when({ type: 'CloseGap', sessionId, arrivedBefore: at('23:00') })
      .thenNothing());
});
