import { oicpVersions } from '@voltledger/oicp';
import { fakeClock } from '@voltledger/testing';
import { type Connection } from '../config';
import { CallLimiter } from './call-limiter';

const SECOND = 1_000;

function limiter(limits: Readonly<Record<string, number>> = {}) {
  const clock = fakeClock();
  const connection = {
    oicp: oicpVersions.get('2.3'),
    config: { OICP_CALLS_PER_MINUTE: new Map(Object.entries(limits)) },
  } as unknown as Connection;
  return { clock, calls: new CallLimiter(clock, connection) };
}

/** Calls that get through within so many seconds, when there is always one waiting. */
function taken(seconds: number, { clock, calls }: ReturnType<typeof limiter>): number {
  let count = 0;
  for (let elapsed = 0; elapsed < seconds * 10; elapsed += 1) {
    while (calls.take('notify') === 0) count += 1;
    clock.advance(SECOND / 10);
  }
  return count;
}

describe('the limit of calls', () => {
  it('OICP-LIM-01 lets through what the usage policy allows, and never more in any minute', () => {
    const limited = limiter();
    const first = taken(60, limited);
    expect(first).toBeLessThanOrEqual(100);
    expect(first).toBeGreaterThan(95);
    expect(taken(60, limited)).toBeLessThanOrEqual(100);
  });

  it('OICP-LIM-01 takes another limit from the settings', () => {
    const calls = taken(60, limiter({ ChargingNotifications: 12 }));
    expect(calls).toBeLessThanOrEqual(12);
    expect(calls).toBeGreaterThan(10);
  });

  it('OICP-LIM-06 is relaxed only while more than half of the burst is left', () => {
    const { calls } = limiter({ ChargingNotifications: 12 });
    expect(calls.isRelaxed('notify')).toBe(true);
    calls.take('notify');
    calls.take('notify');
    expect(calls.isRelaxed('notify')).toBe(false);
  });

  it('OICP-LIM-02 OICP-TRN-20 holds back after 429, longer each time, up to a minute', () => {
    const { clock, calls } = limiter();
    const waits = Array.from({ length: 8 }, () => {
      calls.throttled('notify', 0.5);
      const wait = calls.take('notify');
      clock.advance(wait);
      return wait / SECOND;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    calls.answered('notify');
    calls.throttled('notify', 0.5);
    expect(calls.take('notify')).toBe(SECOND);
  });

  it('OICP-LIM-01 counts each operation for itself', () => {
    const { calls } = limiter({ ChargingNotifications: 6 });
    expect([calls.take('notify'), calls.take('notify') > 0]).toEqual([0, true]);
    expect(calls.take('sendChargeDetailRecord')).toBe(0);
  });
});
