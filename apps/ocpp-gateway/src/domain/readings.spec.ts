import { energy, instant } from '@voltledger/kernel';
import { readingsOf } from './readings';

const measuredAt = instant('2026-03-05T11:00:00Z');
const signed = { data: 'OCMF|{}|{}', encodingMethod: 'OCMF', signingMethod: '', publicKey: '' };
const set = (change: object = {}) => ({ measuredAt, context: 'periodic' as const, ...change });

describe('readings of the billing register', () => {
  it('are the sets that have one; telemetry alone is none', () => {
    const telling = set({ register: energy('5'), power: 11_000 });
    expect(readingsOf([telling, set({ power: 11_000 })], {})).toEqual({
      readings: [telling],
      unplaced: [],
    });
  });

  it('OCPP-J-MV-11: a signed record takes the register that is known for its moment', () => {
    const known = { meterStart: energy('1'), latest: energy('4') };
    const begin = { measuredAt, context: 'begin' as const, signed };
    expect(readingsOf([begin], known).readings).toEqual([{ ...begin, register: energy('1') }]);
    expect(readingsOf([set({ signed })], known).readings).toMatchObject([
      { register: energy('4') },
    ]);
    expect(
      readingsOf([set({ register: energy('5') }), set({ signed })], known).readings[1],
    ).toMatchObject({
      register: energy('5'),
      signed,
    });
  });

  it('a signed record without any register is set aside, not lost', () => {
    expect(readingsOf([set({ signed })], {})).toEqual({
      readings: [],
      unplaced: [set({ signed })],
    });
  });
});
