import { type MilliWattHours, energy } from '@voltledger/kernel';
import {
  type Elements,
  component,
  hour,
  rated,
  segment,
  tariffOf,
  total,
  under,
} from '../../test/rated-session';
import { ratingOf } from './rating';

describe('fees, switches and reservations', () => {
  it('R-22: a start fee is due once, even without energy; a second one is not added', () => {
    const elements = [
      { components: [component('FLAT', 1)], restrictions: { endTime: '11:30' } },
      { components: [component('FLAT', 5)] },
    ];
    expect(total(under([tariffOf(elements)]), segment('CHARGING', '10:00', '12:00'))).toBe(1);
    expect(total(under([tariffOf(elements)]), segment('CHARGING', '10:00', '10:00'))).toBe(1);
  });

  it('R-03: a new profile switches the tariff: periods name theirs, nothing is rounded in between', () => {
    const of = (id: string, price: number, stepSize: number) =>
      tariffOf([{ components: [component('ENERGY', price, { stepSize })] }], { tariffId: id });
    const terms = under([of('CHEAP', 0.3, 1_000), of('FAST', 0.6, 500)]);
    const faster = segment('CHARGING', '11:00', '12:00', { energy: energy('0.3'), tariff: 1 });
    const segments = [{ ...hour, energy: energy('0.5') }, faster] as const;
    expect(
      ratingOf(terms, rated(terms, ...segments)).periods.map(({ tariffId }) => tariffId),
    ).toEqual(['CHEAP', 'FAST']);
    // 0.8 kWh in all, in steps of 500 Wh: 0.5 at 0.30 and 0.5 at 0.60.
    expect(total(terms, ...segments)).toBe(0.45);
  });

  const reserving: Elements = [
    { components: [component('TIME', 6)], restrictions: { reservation: 'RESERVATION_EXPIRES' } },
    {
      components: [component('FLAT', 2), component('TIME', 3)],
      restrictions: { reservation: 'RESERVATION' },
    },
    { components: [component('FLAT', 1), component('TIME', 9)] },
  ];
  const reserved = segment('RESERVATION', '09:30', '10:00');

  it('R-25: a used reservation is priced by its own elements, then the session as usual', () =>
    expect(total(under([tariffOf(reserving)]), reserved, hour)).toBe(2 + 1.5 + 1 + 9));

  it('R-26: of an expired one the expiry prices come first; what they lack is charged as used', () =>
    expect(total(under([tariffOf(reserving)], 'EXPIRED'), reserved)).toBe(2 + 3));

  it('R-18: in a reservation durations count from its start', () => {
    const elements = [
      {
        components: [component('TIME', 6)],
        restrictions: { reservation: 'RESERVATION', minDuration: 900 },
      },
    ];
    expect(total(under([tariffOf(elements)]), reserved)).toBe(1.5);
  });
});

describe('steps, limits and taxes', () => {
  const limits = (more: object) =>
    under([tariffOf([{ components: [component('ENERGY', 1, { vat: '20' })] }], more)]);

  it('R-28: a step size of 0 rounds nothing', () => {
    const elements = [{ components: [component('ENERGY', 1, { stepSize: 0 })] }];
    expect(total(under([tariffOf(elements)]), { ...hour, energy: energy('0.1234') })).toBe(0.1234);
  });

  it('R-31: when the minimum is above the maximum, the maximum wins', () =>
    expect(
      total(
        limits({ minPrice: { beforeTaxes: 30_000_000 }, maxPrice: { beforeTaxes: 20_000_000 } }),
        hour,
      ),
    ).toBe(20));

  it('R-31: a limit without an amount after taxes leaves that total alone', () => {
    const terms = limits({ maxPrice: { beforeTaxes: 5_000_000 } });
    const { total: limited } = ratingOf(terms, rated(terms, hour)).costs;
    expect([limited.beforeTaxes.micros, limited.afterTaxes?.micros]).toEqual([
      5_000_000, 12_000_000,
    ]);
  });

  it('R-32: parts stay unlimited', () => {
    const terms = limits({ maxPrice: { beforeTaxes: 5_000_000, afterTaxes: 6_000_000 } });
    const { costs } = ratingOf(terms, rated(terms, hour));
    expect(costs.energy?.beforeTaxes.micros).toBe(10_000_000);
    expect(costs.total).toMatchObject({
      beforeTaxes: { micros: 5_000_000 },
      afterTaxes: { micros: 6_000_000 },
      taxes: [{ name: 'VAT', percent: '20', amount: { micros: 1_000_000 } }],
    });
  });

  it('R-33: VAT of 0 % is a tax, an unknown one is none', () => {
    const price = (vat: object) => {
      const terms = under([tariffOf([{ components: [component('ENERGY', 1, vat)] }])]);
      return ratingOf(terms, rated(terms, hour)).costs.total;
    };
    expect(price({ vat: '0' })).toMatchObject({
      afterTaxes: { micros: 10_000_000 },
      taxes: [{ percent: '0' }],
    });
    expect(price({})).not.toHaveProperty('afterTaxes');
  });

  it('R-34: in a price that includes taxes, they are taken out exactly', () => {
    const elements = [{ components: [component('ENERGY', 1, { vat: '19' })] }];
    const terms = under([tariffOf(elements, { taxIncluded: 'YES' })]);
    expect(ratingOf(terms, rated(terms, hour)).costs.total).toMatchObject({
      beforeTaxes: { micros: 8_403_361 },
      afterTaxes: { micros: 10_000_000 },
      taxes: [{ amount: { micros: 1_596_639 } }],
    });
  });

  it('R-34: where no taxes apply, a limit holds for both amounts', () => {
    const more = { taxIncluded: 'N/A', maxPrice: { beforeTaxes: 4_000_000 } };
    const terms = under([tariffOf([{ components: [component('ENERGY', 1)] }], more)]);
    expect(ratingOf(terms, rated(terms, hour)).costs.total).toMatchObject({
      beforeTaxes: { micros: 4_000_000 },
      afterTaxes: { micros: 4_000_000 },
      taxes: [],
    });
  });

  it('R-40: energy fed back takes from the total, and steps count its amount', () => {
    const elements = [{ components: [component('ENERGY', 1, { stepSize: 1_000 })] }];
    const back = { ...hour, energy: -1_500_000 as MilliWattHours };
    expect(total(under([tariffOf(elements)]), back)).toBe(-2);
  });
});
