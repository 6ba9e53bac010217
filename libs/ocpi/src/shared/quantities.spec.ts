import { type MilliWattHours, currency, energy, instant, money } from '@voltledger/kernel';
import fc from 'fast-check';
import { amount, hours, kwh, roundedParts, utc } from './quantities';

const eur = currency('EUR');

it('rounds half up at the fourth decimal, from the exact value (OCPI-TYP-09)', () => {
  expect(amount(money('0.00005', eur))).toBe(0.0001);
  expect(amount(money('1.00005', eur))).toBe(1.0001);
  expect(amount(money('-1.00005', eur))).toBe(-1.0001);
  expect(kwh(energy('0.00005'))).toBe(0.0001);
});

it('counts hours from milliseconds: 20 minutes are 0.3333 h (OCPI-CDR-20)', () => {
  expect(hours(1_200_000)).toBe(0.3333);
  expect(hours(180)).toBe(0.0001);
  expect(hours(0)).toBe(0);
});

it('writes Z, with three digits or none (Ambiguities 11)', () => {
  expect(utc(instant('2026-03-05T11:00:00Z'))).toBe('2026-03-05T11:00:00Z');
  expect(utc(instant('2026-03-05T11:00:00.25Z'))).toBe('2026-03-05T11:00:00.250Z');
});

it('splits a total so that the rounded parts add up to the rounded total', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000_000), { maxLength: 30 }), (parts) => {
      const rounded = (value: number) => kwh(value as MilliWattHours);
      const sum = roundedParts(parts, rounded).reduce((all, part) => all + part, 0);
      const total = parts.reduce((all, part) => all + part, 0);
      expect(Number(sum.toFixed(4))).toBe(rounded(total));
    }),
  );
});
