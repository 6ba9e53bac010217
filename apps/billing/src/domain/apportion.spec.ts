import { type Money, currency, inMinorUnits, minorUnits, money } from '@voltledger/kernel';
import fc from 'fast-check';
import { apportioned } from './apportion';

const EUR = currency('EUR');
const amounts = (...texts: string[]): Money[] => texts.map((text) => money(text, EUR));

describe('sharing a rounded total out over its parts', () => {
  it('gives what is left to the parts that were cut the most', () =>
    expect(apportioned(money('1.00', EUR), amounts('0.334', '0.333', '0.333'))).toEqual(
      amounts('0.34', '0.33', '0.33'),
    ));

  it('takes from the parts that were cut the least when the parts are too much', () =>
    expect(apportioned(money('0.99', EUR), amounts('0.50', '0.504'))).toEqual(
      amounts('0.49', '0.50'),
    ));

  it('knows currencies without minor units (2.7: JPY)', () => {
    const JPY = currency('JPY');
    expect(apportioned(money('124', JPY), [money('61.75', JPY), money('61.75', JPY)])).toEqual([
      money('62', JPY),
      money('62', JPY),
    ]);
  });

  it('bears nothing on nobody, and refuses to lose an amount', () => {
    expect(apportioned(money('0', EUR), [])).toEqual([]);
    expect(() => apportioned(money('0.01', EUR), [])).toThrow('no part');
  });

  it('always adds up, in whole minor units, each less than one unit off', () => {
    const micros = fc.array(fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }), {
      minLength: 1,
      maxLength: 8,
    });
    const codes = fc.constantFrom('EUR', 'JPY', 'BHD', 'CLF').map(currency);
    fc.assert(
      fc.property(micros, codes, (parts, of) => {
        const exact = parts.map((each) => ({ micros: each, currency: of }));
        const sum = { micros: parts.reduce((so, each) => so + each, 0), currency: of };
        const whole = inMinorUnits(sum);
        const shares = apportioned(whole, exact);
        const coin = 10 ** (6 - minorUnits(of));
        expect(shares.reduce((so, each) => so + each.micros, 0)).toBe(whole.micros);
        shares.forEach((share, at) => {
          expect(Math.abs(share.micros % coin)).toBe(0);
          expect(Math.abs(share.micros - parts[at]!)).toBeLessThanOrEqual(coin);
        });
      }),
    );
  });
});
