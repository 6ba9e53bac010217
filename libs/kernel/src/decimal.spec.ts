import fc from 'fast-check';
import { decimalNumber, decimalText, divideHalfUp, scaledInteger } from './decimal';

describe('decimals, digit by digit', () => {
  it.each([
    ['0.15', 3, 150n],
    ['.5', 1, 5n],
    ['5.', 1, 50n],
    ['+1', 0, 1n],
    ['-0.0005', 3, -1n],
    ['1.0049999', 2, 100n],
    ['1.005', 2, 101n],
    ['12e-1', 1, 12n],
    ['1.2E3', 0, 1_200n],
    [' 7 ', 0, 7n],
    ['0.15005000000000002', 6, 150_050n],
    ['9007199254740993', 0, 9_007_199_254_740_993n],
  ])('OCPP-J-RPC-27: reads %j at scale %i as %s', (text, scale, whole) =>
    expect(scaledInteger(text, scale)).toBe(whole),
  );

  it.each(['', '.', '-', '1,5', '0x10', '1e', '1e9999', 'NaN', 'Infinity', '1.2.3', '1 2'])(
    'refuses %j',
    (text) => expect(scaledInteger(text, 3)).toBeUndefined(),
  );

  it.each([
    [150n, 3, '0.150'],
    [-1n, 2, '-0.01'],
    [0n, 0, '0'],
    [-12_345n, 2, '-123.45'],
  ])('writes %s at scale %i as %s', (whole, scale, text) =>
    expect(decimalText(whole, scale)).toBe(text),
  );

  it('returns what it was given', () =>
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.nat(12), (whole, scale) =>
        expect(scaledInteger(decimalText(whole, scale), scale)).toBe(whole),
      ),
    ));

  it('rounds half away from zero, the same on both sides', () =>
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.bigInt(1n, 10n ** 9n), (of, by) => {
        const rounded = divideHalfUp(of, by);
        expect(divideHalfUp(-of, by)).toBe(-rounded);
        const off = of - rounded * by;
        expect((off < 0n ? -off : off) * 2n <= by).toBe(true);
      }),
    ));

  it('makes JSON numbers that print the digits they stand for', () =>
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), (micros) => {
        const number = decimalNumber(micros, 6, 4);
        const rounded = divideHalfUp(BigInt(micros), 100n);
        expect(scaledInteger(JSON.stringify(number), 4)).toBe(rounded);
      }),
    ));
});
