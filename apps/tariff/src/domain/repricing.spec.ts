import { type Costs } from '@voltledger/contracts';
import { energy, instant } from '@voltledger/kernel';
import { component, tariffOf, under } from '../../test/rated-session';
import { afirFindings } from './afir-check';
import { type PastSession, differenceOf, ratedAnew } from './repricing';

const perKwh = (price: number, more: object = {}) =>
  tariffOf([{ components: [component('ENERGY', price, { vat: '19' })] }], more);
const under50 = under([perKwh(0.5)]);

const session = (costs?: Costs): PastSession => ({
  ...{ sessionId: '6f1f6f0a-3b5e-4d0c-9c61-4d1f5f0f3a11' as never, adHoc: false },
  ...{ startedAt: instant('2024-02-01T10:00:00Z'), timeZone: 'Europe/Berlin', marks: [], costs },
  end: { endedAt: instant('2024-02-01T11:00:00Z'), delivered: energy('10'), revision: 7 },
});
const charged = session(ratedAnew(under50, session()).costs);

describe('a session of the past under another tariff', () => {
  it('is the same under the same', () =>
    expect(differenceOf(under50, charged).outcome).toBe('same'));

  it('shows what it was and what it becomes', () =>
    expect(differenceOf(under([perKwh(0.6)]), charged)).toMatchObject({
      ...{ outcome: 'changed', was: { beforeTaxes: { micros: 5_000_000 } } },
      becomes: { beforeTaxes: { micros: 6_000_000 } },
    }));

  it('changes when only a part does, or only the taxes', () => {
    const components = [
      component('FLAT', 1, { vat: '19' }),
      component('ENERGY', 0.4, { vat: '19' }),
    ];
    expect(differenceOf(under([tariffOf([{ components }])]), charged).outcome).toBe('changed');
    const other = tariffOf([{ components: [component('ENERGY', 0.5, { vat: '7' })] }]);
    expect(differenceOf(under([other]), charged).outcome).toBe('changed');
  });

  it('gets a first price where nobody knew one', () =>
    expect(differenceOf(under50, session())).toMatchObject({ outcome: 'first-price' }));

  it('R-01, R-02: keeps its price where the tariff is not for it, by validity or type', () => {
    const later = perKwh(0.6, { validFrom: '2024-02-02T00:00:00Z' });
    expect(differenceOf(under([later]), charged).outcome).toBe('not-for-it');
    const adHoc = perKwh(0.6, { type: 'AD_HOC_PAYMENT' });
    expect(differenceOf(under([adHoc]), charged).outcome).toBe('not-for-it');
    expect(differenceOf(under([adHoc]), { ...charged, adHoc: true }).outcome).toBe('changed');
  });

  it('is not compared across currencies', () =>
    expect(differenceOf(under([perKwh(0.5, { currency: 'CHF' })]), charged).outcome).toBe(
      'other-currency',
    ));
});

describe('the check by AFIR, Art. 5(4)', () => {
  const fields = (elements: Parameters<typeof tariffOf>[0], more: object = {}) =>
    afirFindings(tariffOf(elements, more)).map(({ field }) => field);
  const [kwh, fee, idle] = [
    component('ENERGY', 0.5),
    component('FLAT', 1),
    component('PARKING_TIME', 6),
  ];

  it('allows a price per kWh and an occupancy fee', () =>
    expect(fields([{ components: [kwh, idle] }])).toEqual([]));

  it('finds a fee per session or per minute of charging, wherever it is priced', () =>
    expect(fields([{ components: [kwh, fee] }, { components: [component('TIME', 3)] }])).toEqual([
      'elements.0.components.1',
      'elements.1.components.0',
    ]));

  it('asks for a price per kWh', () =>
    expect(fields([{ components: [idle] }])).toEqual(['elements']));

  it('lets be what is free, for reservations, below 50 kW, or by contract', () => {
    const reservation = { components: [fee], restrictions: { reservation: 'RESERVATION' } };
    const slow = { components: [fee], restrictions: { maxPower: 50_000_000 } };
    const free = { components: [component('FLAT', 0)] };
    expect(fields([{ components: [kwh] }, reservation, slow, free])).toEqual([]);
    expect(fields([{ components: [fee] }], { type: 'REGULAR' })).toEqual([]);
  });
});
