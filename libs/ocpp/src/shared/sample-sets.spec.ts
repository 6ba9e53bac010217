import { energy, instant } from '@voltledger/kernel';
import * as fc from 'fast-check';
import { type Sample, contextOf } from './sample';
import { sampleSets } from './sample-sets';

const at = instant('2026-03-05T11:00:00Z');

const sample = (change: Partial<Sample>): Sample => ({
  measuredAt: at,
  context: 'periodic',
  measurand: 'Energy.Active.Import.Register',
  location: 'Outlet',
  unit: 'Wh',
  value: '100',
  ...change,
});

const only = (...samples: Sample[]) => {
  const [set, ...rest] = sampleSets(samples);
  expect(rest).toEqual([]);
  return set;
};

describe('making one reading of many samples', () => {
  it('OCPP-J-MV-02: Wh and kWh give the same energy, to the digit', () => {
    expect(only(sample({ value: '1234.567', unit: 'Wh' }))?.register).toBe(1_234_567);
    expect(only(sample({ value: '1.234567', unit: 'kWh' }))?.register).toBe(1_234_567);
    expect(only(sample({ value: '1.2E3' }))?.register).toBe(energy('1.2'));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_000 }), (milliWattHours) => {
        const digits = String(milliWattHours).padStart(7, '0');
        const kWh = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
        expect(only(sample({ value: kWh, unit: 'kWh' }))?.register).toBe(milliWattHours);
      }),
    );
  });

  it('OCPP-J-MV-04: the total counts; without one the phases add up, L1-N and the like do not', () => {
    const phase = (name: string, value: string) => sample({ phase: name, value });
    expect(only(phase('L1', '10'), phase('L2', '20'), sample({ value: '31' }))?.register).toBe(
      31_000,
    );
    expect(only(phase('L1', '10.001'), phase('L2', '20'), phase('L3', '0.1'))?.register).toBe(
      30_101,
    );
    expect(only(phase('L1', '10'), phase('L1-N', '20'), phase('N', '5'))?.register).toBe(10_000);
    expect(only(phase('L1', '10'), phase('L1', '10'))?.register).toBe(10_000);
  });

  it('OCPP-J-MV-05: only the import register is one', () => {
    for (const measurand of [
      'Energy.Active.Export.Register',
      'Energy.Active.Import.Interval',
      'Energy.Reactive.Import.Register',
    ])
      expect(only(sample({ measurand }))).not.toHaveProperty('register');
  });

  it('OCPP-J-MV-01: a value that cannot be read does not lose the others', () => {
    const set = only(
      sample({ value: 'n/a' }),
      sample({ measurand: 'SoC', unit: 'Percent', value: '55' }),
      sample({ measurand: 'Power.Active.Import', unit: 'kW', value: '11.04' }),
    );
    expect(set).toEqual({ measuredAt: at, context: 'periodic', stateOfCharge: 55, power: 11_040 });
  });

  it('OCPP-J-MV-13: keeps power and current over all phases, and the charge of the battery', () => {
    const current = (phase: string, value: string) =>
      sample({ measurand: 'Current.Import', unit: 'A', phase, value });
    expect(only(current('L1', '16.1'), current('L2', '16.2'), current('L3', '15.9'))).toMatchObject(
      {
        current: 48.2,
      },
    );
    expect(only(sample({ measurand: 'SoC', value: '101' }))).not.toHaveProperty('stateOfCharge');
  });

  it('prefers the meter at the outlet, and never takes the car for one', () => {
    const inlet = sample({ location: 'Inlet', value: '999' });
    expect(only(inlet, sample({ value: '5' }))?.register).toBe(5_000);
    expect(only(inlet)?.register).toBe(999_000);
    expect(only(sample({ location: 'EV' }))).not.toHaveProperty('register');
  });

  it('does not take a unit of another kind for energy', () => {
    expect(only(sample({ unit: 'W' }))).not.toHaveProperty('register');
  });

  it('OCPP-J-MV-03: keeps moments and contexts apart, in the order they came', () => {
    const later = instant('2026-03-05T11:05:00Z');
    const sets = sampleSets([
      sample({ context: 'begin' }),
      sample({ measuredAt: later, value: '200' }),
      sample({ context: 'begin', measurand: 'SoC', value: '20' }),
    ]);
    expect(sets.map(({ context, measuredAt }) => [context, measuredAt])).toEqual([
      ['begin', at],
      ['periodic', later],
    ]);
    expect(sets[0]).toMatchObject({ register: 100_000, stateOfCharge: 20 });
  });

  it.each([
    ['Transaction.Begin', 'begin'],
    ['Transaction.End', 'end'],
    ['Sample.Periodic', 'periodic'],
    ['Sample.Clock', 'clock'],
    ['Interruption.Begin', 'interruption'],
    ['Interruption.End', 'interruption'],
    ['Trigger', 'trigger'],
    ['Other', 'other'],
    [undefined, 'periodic'],
  ])('OCPP-J-MV-03: context %s is %s', (told, context) => expect(contextOf(told)).toBe(context));
});
