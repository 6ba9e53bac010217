import fc from 'fast-check';
import {
  type MilliWattHours,
  energy,
  kilowattHours,
  kilowattHoursText,
  noEnergy,
  parseEnergy,
} from './energy';

describe('energy in milliwatt-hours', () => {
  it.each([
    ['100.5', 'kWh', 100_500_000],
    ['100500', 'Wh', 100_500_000],
    ['0.0005', 'Wh', 1],
    ['-3', 'Wh', -3_000],
    ['1e3', 'Wh', 1_000_000],
  ] as const)('reads %s %s as %i', (text, unit, whole) =>
    expect(parseEnergy(text, unit)).toBe(whole),
  );

  it('refuses what is no number, and more than nine terawatt-hours', () => {
    expect(parseEnergy('much', 'kWh')).toBeUndefined();
    expect(parseEnergy('9007199255', 'kWh')).toBeUndefined();
    expect(() => energy('much')).toThrow(RangeError);
  });

  it('goes out with four decimals to OCPI and three to OICP, half up', () => {
    expect(kilowattHours(energy('1.23455'), 4)).toBe(1.2346);
    expect(kilowattHours(energy('1.2345'), 3)).toBe(1.235);
    expect(kilowattHours(noEnergy, 4)).toBe(0);
  });

  it('returns what it was given: energy to kWh to energy', () =>
    fc.assert(
      fc.property(fc.maxSafeInteger(), (whole) =>
        expect(energy(kilowattHoursText(whole as MilliWattHours))).toBe(whole),
      ),
    ));
});
