import { type MilliWattHours, fold, plusMillis } from '@voltledger/kernel';
import { SAMPLE_SESSION as sessionId, at, historyOf, sampleReport } from '@voltledger/testing';
import { chargingSession } from './charging-session';
import { type SessionCommand } from './session-command';

describe('a session of 10 000 readings', () => {
  it('has a state no larger than one of 10 (domain 1.11)', () => {
    const size = (count: number) => {
      const all = Array.from({ length: count }, (_, index): SessionCommand => {
        const time = plusMillis(at('00:00'), index * 5_000);
        const value = (100_000_000 + index) as MilliWattHours;
        const readings = [{ measuredAt: time, register: value, context: 'periodic' as const }];
        const report = sampleReport('00:00', readings, { reportedAt: time, seqNo: index });
        return { type: 'TakeReport', sessionId, kind: index === 0 ? 'started' : 'updated', report };
      });
      return JSON.stringify(fold(chargingSession, historyOf(chargingSession, ...all))).length;
    };
    expect(size(10_000)).toBeLessThan(size(10) + 20);
  });
});
