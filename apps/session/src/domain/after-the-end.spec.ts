import { type Reading, type TransactionReport } from '@voltledger/contracts';
import { energy } from '@voltledger/kernel';
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

const take = (
  kind: StationReport['kind'],
  time: string,
  readings: Reading[] = [],
  rest: Partial<TransactionReport> = {},
): SessionCommand => ({
  type: 'TakeReport',
  sessionId,
  kind,
  report: sampleReport(time, readings, rest),
});

const start = take('started', '10:00', [sampleReading('100', '10:00', { context: 'begin' })]);
const read = (register: string, time: string) =>
  take('updated', time, [sampleReading(register, time)]);
const end = (register: string, time: string, rest: Partial<TransactionReport> = {}) =>
  take('ended', time, [sampleReading(register, time, { context: 'end' })], rest);
const closed = (silentSince = '23:00'): SessionCommand => ({
  type: 'CloseByEstimate',
  sessionId,
  basis: 'next start',
  silentSince: at(silentSince),
});

const story = (...commands: SessionCommand[]) => historyOf(chargingSession, ...commands);

/** The events of the last command. */
function last(...commands: SessionCommand[]): ChargingEvent[] {
  return story(...commands).slice(story(...commands.slice(0, -1)).length);
}

const verdicts = (...commands: SessionCommand[]) =>
  last(...commands).flatMap(({ type, data }) =>
    type === 'LateDataReceived' ? [data.verdict] : type === 'SessionEnded' ? ['ended again'] : [],
  );

describe('what comes after the end', () => {
  it('is used when it fits: a reading from before the end (OCPP-1.6-TX-11)', () =>
    expect(last(start, end('102', '10:30'), read('101', '10:15'))).toEqual([
      {
        type: 'LateDataReceived',
        data: {
          ...{ sessionId, reportedAt: at('10:15'), arrivedAt: at('10:15:00.300') },
          verdict: 'used',
          readings: [sampleReading('101', '10:15')],
        },
      },
    ]));

  it('is ignored when it says nothing new: a register that stands still', () =>
    expect(verdicts(start, end('102', '10:30'), read('102', '10:45'))).toEqual(['ignored']));

  it('needs review when it contradicts a measured end', () => {
    expect(verdicts(start, end('102', '10:30'), read('103', '10:15'))).toEqual(['needs review']);
    expect(verdicts(start, end('102', '10:30'), read('103', '10:45'))).toEqual(['needs review']);
    expect(verdicts(start, end('102', '10:30'), read('99', '10:15'))).toEqual(['needs review']);
  });

  it('is kept also without readings, and never opens the session again (OCPP-2.0.1-TX-12)', () =>
    expect(verdicts(start, end('102', '10:30'), take('updated', '10:40'))).toEqual(['ignored']));

  it('completes an end that came without a reading', () => {
    const unmeasured = take('ended', '10:30');
    const commands = [start, read('101', '10:15'), unmeasured, read('102', '10:29')];
    expect(last(...commands).at(-1)).toEqual({
      type: 'SessionEnded',
      data: {
        ...{ sessionId, endedAt: at('10:30'), reason: 'Local', corrects: 'estimate' },
        delivered: energy('2'),
      },
    });
  });

  it('keeps signed data that comes late', () => {
    const signed = { data: 'OCMF|…', encodingMethod: 'OCMF', signingMethod: '', publicKey: '' };
    const late = take('updated', '10:15', [sampleReading('101', '10:15', { signed })]);
    expect(last(start, end('102', '10:30'), late).map(({ type }) => type)).toEqual([
      'LateDataReceived',
      'SignedDataReceived',
    ]);
  });
});

describe('a second stop (OCPP-1.6-TX-10, domain 1.7)', () => {
  it('with the same figures is the same stop', () =>
    expect(
      verdicts(start, end('102', '10:30'), end('102', '10:30', { fingerprint: 'again' })),
    ).toEqual(['ignored']));

  it('with other figures is kept for review, and changes nothing', () => {
    expect(verdicts(start, end('102', '10:30'), end('103', '10:31'))).toEqual(['needs review']);
    expect(verdicts(start, end('102', '10:30'), end('102', '11:00'))).toEqual(['needs review']);
  });
});

describe('a stop that was lost (domain 1.6, OCPP-1.6-TX-05)', () => {
  it('closes the session where it was last heard of, on the energy that is proven', () =>
    expect(last(start, read('101', '10:15'), closed())).toEqual([
      {
        type: 'SessionClosedByEstimate',
        data: {
          ...{ sessionId, endedAt: at('10:15'), basis: 'next start' },
          meterStop: energy('101'),
          delivered: energy('1'),
        },
      },
    ]));

  it('bills nothing where nothing was ever measured', () =>
    expect(last(take('started', '10:00'), closed())).toEqual([
      {
        type: 'SessionClosedByEstimate',
        data: { sessionId, endedAt: at('10:00'), basis: 'next start', delivered: energy('0') },
      },
    ]));

  it('is not assumed of a session that was heard of since', () =>
    given(chargingSession, ...story(start, read('101', '10:15')))
      .when(closed('10:10'))
      .thenNothing());

  it('is not assumed of one that ended, or never began', () => {
    given(chargingSession, ...story(start, end('102', '10:30')))
      .when(closed())
      .thenNothing();
    given(chargingSession).when(closed()).thenNothing();
  });

  it('takes what waited for its turn first: the stop may be among it', () => {
    const numbered = (kind: StationReport['kind'], seqNo: number, register: string, time: string) =>
      take(kind, time, [sampleReading(register, time)], { seqNo });
    const events = last(
      ...[numbered('started', 0, '100', '10:00'), numbered('ended', 5, '102', '10:30')],
      closed(),
    );
    expect(events.map(({ type }) => type)).toEqual([
      ...['MeterAnomalyFound', 'MeterValueRecorded', 'SessionEnded', 'ReportTaken'],
    ]);
  });

  it('that comes after all corrects the estimate: +1.234 kWh', () =>
    expect(last(start, read('101', '10:15'), closed(), end('102.234', '10:40'))).toEqual([
      {
        type: 'MeterValueRecorded',
        data: {
          ...{ sessionId, offline: false, delivered: energy('2.234') },
          ...sampleReading('102.234', '10:40', { context: 'end' }),
        },
      },
      {
        type: 'SessionEnded',
        data: {
          ...{ sessionId, endedAt: at('10:40'), reason: 'Local', corrects: 'estimate' },
          meterStop: energy('102.234'),
          delivered: energy('2.234'),
        },
      },
    ]));

  it('leaves room for readings that show the session went on', () => {
    const commands = [start, closed(), read('101', '10:15')];
    expect(verdicts(...commands)).toEqual(['used']);
    expect(last(...commands, take('ended', '10:30')).at(-1)).toMatchObject({
      type: 'SessionEnded',
      data: { delivered: energy('1'), corrects: 'estimate' },
    });
  });
});

describe('a reboot in mid-session (domain 1.7, OCPP-J-BOOT-05)', () => {
  it('is not an end: the station goes on with the session', () =>
    expect(
      story(start, read('101', '10:15'), read('102', '10:20'), end('103', '10:30')).filter(
        ({ type }) => type === 'SessionStarted' || type === 'SessionEnded',
      ),
    ).toHaveLength(2));
});
