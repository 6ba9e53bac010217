import { type Reading } from '@voltledger/contracts';
import { energy } from '@voltledger/kernel';
import {
  SAMPLE_SESSION as sessionId,
  at,
  historyOf,
  samplePlace,
  sampleReading,
  sampleReport,
} from '@voltledger/testing';
import { chargingSession } from './charging-session';
import { type SessionCommand, type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';

const take = (
  kind: StationReport['kind'],
  time: string,
  ...readings: Reading[]
): SessionCommand => ({
  type: 'TakeReport',
  sessionId,
  kind,
  report: sampleReport(time, readings, { place: samplePlace() }),
});

const start = take('started', '10:00', sampleReading('100', '10:00', { context: 'begin' }));
const read = (register: string, time: string) =>
  take('updated', time, sampleReading(register, time));
const end = (register: string, time: string) =>
  take('ended', time, sampleReading(register, time, { context: 'end' }));

/** `taken 0.5`, `doubted rollback`, `ended 1`: what a story comes to, after its start. */
const told = (...commands: SessionCommand[]): string[] =>
  historyOf(chargingSession, start, ...commands).flatMap(inShort);

function inShort({ type, data }: ChargingEvent): string[] {
  if (type === 'MeterValueRecorded') return [`taken ${data.delivered / 1e6}`];
  if (type === 'MeterAnomalyFound') return [`doubted ${data.kind}`];
  return type === 'SessionEnded' ? [`ended ${data.delivered / 1e6}`] : [];
}

describe('a register that falls (domain 1.5, OCPP-J-MV-08)', () => {
  it('is doubted, kept, and never counts as negative energy', () => {
    const [, , doubt] = historyOf(
      chargingSession,
      start,
      read('100.1', '10:05'),
      read('40', '10:10'),
    );
    expect(doubt).toEqual({
      type: 'MeterAnomalyFound',
      data: {
        ...{ sessionId, kind: 'rollback', measuredAt: at('10:10') },
        ...{ register: energy('40'), expected: energy('100.1') },
        detail: expect.any(String),
      },
    });
    expect(told(read('100.1', '10:05'), end('40', '10:10'))).toEqual([
      'taken 0.1',
      'doubted rollback',
      'ended 0.1',
    ]);
  });

  it('was a slip when the next reading goes on from before it', () =>
    expect(told(read('101', '10:05'), read('40', '10:10'), end('102', '10:15'))).toEqual([
      'taken 1',
      'doubted rollback',
      'taken 2',
      'ended 2',
    ]));

  it('was a new meter when the next reading goes on from it: before and after are billed', () =>
    expect(
      told(read('101', '10:05'), read('40', '10:10'), read('40.5', '10:15'), end('41', '10:20')),
    ).toEqual([
      'taken 1',
      'doubted rollback',
      'doubted replaced',
      'taken 1.5',
      'taken 2',
      'ended 2',
    ]));

  it('may fall again after the meter was replaced', () =>
    expect(
      told(
        ...[read('101', '10:05'), read('40', '10:10'), read('41', '10:15')],
        ...[read('0', '10:20'), read('1', '10:25'), end('2', '10:30')],
      ).at(-1),
    ).toBe('ended 4'));

  it('is no fall below a watt-hour: stations round', () =>
    expect(told(read('100.5007', '10:05'), read('100.5', '10:06'))).toEqual(['taken 0.5007']));

  it('is seen also when the higher reading comes second, though it is older', () =>
    expect(told(read('100.2', '10:10'), read('100.7', '10:05'))).toEqual([
      'taken 0.2',
      'doubted rollback',
    ]));

  it('is doubted below the start, by an older reading too', () =>
    expect(told(read('100.2', '10:10'), read('99', '10:05'))).toEqual([
      'taken 0.2',
      'doubted rollback',
    ]));
});

describe('a register that jumps (domain 1.5): more than 1.2 times 400 kW', () => {
  it('counts, and is doubted', () =>
    expect(told(end('200', '10:05'))).toEqual(['taken 100', 'doubted jump', 'ended 100']));

  it('was a slip when the next reading goes on from before it', () =>
    expect(told(read('101', '10:05'), read('900', '10:06'), end('102', '10:07'))).toEqual([
      'taken 1',
      'taken 800',
      'doubted jump',
      'doubted rollback',
      'taken 2',
      'ended 2',
    ]));

  it('was right when the next reading goes on from it', () =>
    expect(told(read('200', '10:05'), end('201', '10:06'))).toEqual([
      'taken 100',
      'doubted jump',
      'taken 101',
      'ended 101',
    ]));

  it('is none within what the connector can deliver, though the meter shows it a minute late', () =>
    expect(told(read('107.9', '10:00:01'))).toEqual(['taken 7.9']));

  it('cannot be told where nobody knows what the connector can deliver', () => {
    const anywhere = historyOf(
      chargingSession,
      { ...start, report: sampleReport('10:00') } as SessionCommand,
      {
        ...read('0', '10:00'),
        report: sampleReport('10:01', [sampleReading('1', '10:01')]),
      } as SessionCommand,
      {
        ...read('0', '10:00'),
        report: sampleReport('10:02', [sampleReading('9999', '10:02')]),
      } as SessionCommand,
    );
    expect(anywhere.flatMap(inShort)).toEqual(['taken 0', 'taken 9998']);
  });
});

describe('readings out of their time', () => {
  it('leaves out what was measured before the session began', () =>
    expect(told(read('99.9', '09:45'))).toEqual([]));

  it('takes an older reading between the ones it knows', () =>
    expect(told(read('100.7', '10:10'), read('100.2', '10:05'))).toEqual([
      'taken 0.7',
      'taken 0.2',
    ]));

  it('does not take a few seconds between two corrected clocks for a fall', () =>
    expect(told(read('100.7', '10:10:05'), read('100.8', '10:10:00'))).toEqual([
      'taken 0.7',
      'taken 0.8',
    ]));

  it('doubts a begin that says something else than the one before', () =>
    expect(
      told(take('updated', '10:05', sampleReading('50', '10:00', { context: 'begin' }))),
    ).toEqual(['doubted rollback']));
});
