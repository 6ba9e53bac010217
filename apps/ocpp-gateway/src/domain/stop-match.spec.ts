import { energy, instant } from '@voltledger/kernel';
import { onlyFitting } from './stop-match';

const at = (time: string) => instant(`2026-03-05T${time}:00Z`);
const open = (transactionId: string, evse: number, started: string, meter = '1') => ({
  transactionId,
  evse,
  startedAt: at(started),
  meterStart: energy(meter),
});
const stop = (time: string, meter = '9') => ({ endedAt: at(time), meterStop: energy(meter) });

describe('a stop that names no transaction (OCPP-1.6-TX-08)', () => {
  it('ends the only one it can end', () => {
    expect(onlyFitting([open('1', 1, '10:00')], stop('11:00'))?.transactionId).toBe('1');
  });

  it('is never guessed between two', () => {
    expect(
      onlyFitting([open('1', 1, '10:00'), open('2', 2, '10:30')], stop('11:00')),
    ).toBeUndefined();
  });

  it('does not end what began later, or at a higher register', () => {
    const one = open('1', 1, '10:00');
    expect(onlyFitting([one, open('2', 2, '11:30')], stop('11:00'))).toBe(one);
    expect(onlyFitting([one, open('2', 2, '10:30', '50')], stop('11:00'))).toBe(one);
    expect(onlyFitting([open('2', 2, '11:30')], stop('11:00'))).toBeUndefined();
  });

  it('does not end one that a later start on the same connector has overtaken', () => {
    const newer = open('2', 1, '10:30');
    expect(onlyFitting([open('1', 1, '10:00'), newer], stop('11:00'))).toBe(newer);
  });

  it('has nothing to end where nothing is open', () => {
    expect(onlyFitting([], stop('11:00'))).toBeUndefined();
  });
});
