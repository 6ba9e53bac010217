import { type MilliWattHours, energy, instant } from '@voltledger/kernel';
import { component, hour, rated, segment, tariffOf, total, under } from '../../test/rated-session';
import { ratingOf } from './rating';
import { selectedTariff } from './tariff-selection';

/** Rules that the pricing cases prove with whole sessions, each once more on its own. */

const first = (restrictions: object, dimension = 'TIME') =>
  under([
    tariffOf([
      { components: [component(dimension, 6)], restrictions },
      { components: [component(dimension, 1)] },
    ]),
  ]);

describe('choosing the tariff', () => {
  const REGULAR = { validFrom: instant('2024-02-01T00:00:00Z') };
  it('R-01: from its start, inclusive, to its end, exclusive', () => {
    const old = { validTo: instant('2024-02-01T00:00:00Z') };
    const at = (time: string) => selectedTariff([old, REGULAR], instant(time), { adHoc: false });
    expect([at('2024-01-31T23:59:59.999Z'), at('2024-02-01T00:00:00Z')]).toEqual([old, REGULAR]);
  });

  it('R-02: of the wanted type before one for all', () => {
    const cheap = { type: 'PROFILE_CHEAP' as const };
    const demand = { adHoc: false, profile: 'CHEAP' as const };
    expect(selectedTariff([REGULAR, cheap], hour.start, demand)).toBe(cheap);
  });

  it('R-04: none is no price, which is not free', () =>
    expect(
      selectedTariff([{ type: 'AD_HOC_PAYMENT' as const }], hour.start, { adHoc: false }),
    ).toBeUndefined());
});

describe('restrictions', () => {
  it('R-06: switch an element on and off; what was before keeps its price', () =>
    expect(total(first({ minDuration: 1_800 }), hour)).toBe(0.5 * 1 + 0.5 * 6));

  it('R-08: elements for reservations price no session', () =>
    expect(total(first({ reservation: 'RESERVATION' }), hour)).toBe(1));

  it('R-10, R-11: local time of the location, the start inclusive, the end exclusive', () =>
    // 10:00 to 11:00 UTC is 11:00 to 12:00 in Berlin.
    expect(total(first({ startTime: '11:15', endTime: '11:45' }), hour)).toBe(3.5));

  it('R-13, R-14: weekday and date of the local day, a date until its end exclusive', () => {
    // 1 February 2024 is a Thursday; local midnight is 23:00 UTC.
    const night = segment('CHARGING', '22:00', '23:59');
    const minutes = (restrictions: object) => total(first(restrictions), night) * 60;
    expect(minutes({ dayOfWeek: ['THURSDAY'] })).toBeCloseTo(60 * 6 + 59);
    expect(minutes({ startDate: '2024-02-02', endDate: '2024-02-03' })).toBeCloseTo(60 + 59 * 6);
  });

  it('R-15: energy so far, the maximum exclusive, found between two readings', () =>
    expect(total(first({ maxEnergy: 4_000_000 }, 'ENERGY'), hour)).toBe(4 * 6 + 6 * 1));
});

describe('quantities and steps', () => {
  const steps = under([
    tariffOf([
      {
        components: [component('ENERGY', 1, { stepSize: 1_000 })],
        restrictions: { maxDuration: 1_800 },
      },
      {
        components: [
          component('ENERGY', 2, { stepSize: 500 }),
          component('TIME', 6, { stepSize: 600 }),
          component('PARKING_TIME', 3, { stepSize: 900 }),
        ],
      },
    ]),
  ]);

  it('R-20, R-23: volumes stay actual, only costs use whole steps', () => {
    const { energy: used, time } = ratingOf(
      steps,
      rated(steps, { ...hour, energy: energy('1.1') }),
    );
    expect([used, time.charging]).toEqual([1_100_000, 3_600_000]);
  });

  it('R-28, R-29: energy once per session, by the last component that priced some', () =>
    // 1.1 kWh become 1.5: 0.55 at 1, 0.95 at 2; and an hour at 6.
    expect(total(steps, { ...hour, energy: energy('1.1') })).toBe(0.55 + 1.9 + 6));

  it('R-30: where parking is priced it alone is rounded, and charging time stays exact', () => {
    const charging = segment('CHARGING', '10:00', '10:35');
    const parking = segment('PARKING', '10:35', '10:42');
    // 35 minutes of charging at 6 stay; 7 of parking at 3 become 15. Alone, 35 become 40.
    expect(total(steps, charging, parking)).toBe(3.5 + 0.75);
    expect(total(steps, charging)).toBe(4);
  });

  it('R-27: a reservation is rounded for itself', () => {
    const reserving = under([
      tariffOf([
        {
          components: [component('TIME', 6, { stepSize: 600 })],
          restrictions: { reservation: 'RESERVATION' },
        },
        { components: [component('TIME', 6, { stepSize: 900 })] },
      ]),
    ]);
    const reserved = segment('RESERVATION', '09:55', '10:00');
    expect(total(reserving, reserved, segment('CHARGING', '10:00', '10:05'))).toBe(1 + 1.5);
  });
});

describe('limits and rounding', () => {
  it('R-35: 2.3.0 limits are compared before and after taxes, whatever prices include', () => {
    const terms = under([
      tariffOf([{ components: [component('ENERGY', 1.19, { vat: '19' })] }], {
        taxIncluded: 'YES',
        maxPrice: { beforeTaxes: 9_000_000, afterTaxes: 11_000_000 },
      }),
    ]);
    expect(ratingOf(terms, rated(terms, hour)).costs.total).toMatchObject({
      beforeTaxes: { micros: 9_000_000 },
      afterTaxes: { micros: 11_000_000 },
    });
  });

  it('R-31: a minimum holds without any energy, but not for a reservation alone', () => {
    const terms = under([
      tariffOf([{ components: [component('ENERGY', 1)] }], { minPrice: { beforeTaxes: 500_000 } }),
    ]);
    expect(total(terms, { ...hour, energy: 0 as MilliWattHours })).toBe(0.5);
    expect(total(terms, segment('RESERVATION', '10:00', '11:00'))).toBe(0);
  });

  it('R-36, R-37: nothing is rounded on the way: three thirds are a whole', () => {
    const terms = under([tariffOf([{ components: [component('TIME', 1)] }])]);
    const third = (from: string, to: string) => segment('CHARGING', from, to);
    expect(
      total(terms, third('10:00', '10:20'), third('10:20', '10:40'), third('10:40', '11:00')),
    ).toBe(1);
  });
});
