import fc from 'fast-check';
import { currencies, currency, minorUnits } from './currency';
import {
  amountNumber,
  amountText,
  inMinorUnits,
  money,
  negated,
  nothing,
  parseMoney,
  plus,
} from './money';

const EUR = currency('EUR');
const anyCurrency = fc.constantFrom(...currencies()).map(currency);
const anyMicros = fc.integer({ min: -(10 ** 14), max: 10 ** 14 });

describe('money', () => {
  it('counts millionths, read digit by digit', () => {
    expect(money('0.1', EUR).micros + money('0.2', EUR).micros).toBe(money('0.3', EUR).micros);
    expect(parseMoney('1.2345675', EUR)?.micros).toBe(1_234_568);
  });

  it('refuses what is no number or cannot be counted exactly', () => {
    expect(parseMoney('free', EUR)).toBeUndefined();
    expect(parseMoney('9007199255', EUR)).toBeUndefined();
    expect(() => money('free', EUR)).toThrow(RangeError);
  });

  it.each([
    ['JPY', '123.5', '124.000000'],
    ['BHD', '1.2345', '1.235000'],
    ['EUR', '1.005', '1.010000'],
    ['EUR', '-1.005', '-1.010000'],
    ['HUF', '1.005', '1.010000'],
    ['CLF', '1.00005', '1.000100'],
  ])('2.6, 2.7: %s %s is %s in minor units', (code, text, rounded) =>
    expect(amountText(inMinorUnits(money(text, currency(code))))).toBe(rounded),
  );

  it('rounds once: rounded money does not change again, and is less than half a coin off', () =>
    fc.assert(
      fc.property(anyMicros, anyCurrency, (micros, of) => {
        const rounded = inMinorUnits({ micros, currency: of });
        const coin = 10 ** (6 - minorUnits(of));
        expect(inMinorUnits(rounded)).toEqual(rounded);
        expect(Math.abs(rounded.micros % coin)).toBe(0);
        expect(Math.abs(rounded.micros - micros) * 2).toBeLessThanOrEqual(coin);
      }),
    ));

  it('round-trips through its text', () =>
    fc.assert(
      fc.property(anyMicros, (micros) =>
        expect(money(amountText({ micros, currency: EUR }), EUR)).toEqual({
          micros,
          currency: EUR,
        }),
      ),
    ));

  it('adds up in any order, and with its opposite to nothing', () =>
    fc.assert(
      fc.property(anyMicros, anyMicros, (one, other) => {
        const [a, b] = [
          { micros: one, currency: EUR },
          { micros: other, currency: EUR },
        ];
        expect(plus(a, b)).toEqual(plus(b, a));
        expect(plus(a, negated(a))).toEqual(nothing(EUR));
      }),
    ));

  it('never has a negative zero, which JSON would lose', () =>
    expect(Object.is(negated(nothing(EUR)).micros, 0)).toBe(true));

  it('does not add two currencies', () =>
    expect(() => plus(money('1', EUR), money('1', currency('SEK')))).toThrow(
      expect.objectContaining({ code: 'CURRENCIES_DIFFER' }),
    ));

  it('is a JSON number of four decimals for OCPI', () =>
    expect(amountNumber(money('4.64105', EUR), 4)).toBe(4.6411));
});
