import { type Elements, component, tariffOf } from '../../test/rated-session';
import { refusalsOf } from './tariff-refusals';
import { warningsOf } from './tariff-warnings';

const kwh = (price: number) => component('ENERGY', price, { vat: '19' });
const fields = (elements: Elements, more: object = {}) =>
  warningsOf(tariffOf(elements, { type: 'REGULAR', ...more })).map(({ field }) => field);

describe('what is odd about a tariff, and published all the same', () => {
  it('says nothing of a plain one', () => expect(fields([{ components: [kwh(0.5)] }])).toEqual([]));

  it('two elements that hold at the same time for some sessions: only their order decides', () => {
    const night = {
      components: [kwh(0.3)],
      restrictions: { startTime: '22:00', endTime: '06:00' },
    };
    const much = { components: [kwh(0.4)], restrictions: { minEnergy: 20_000_000 } };
    const rest = { components: [kwh(0.5)] };
    expect(fields([night, much, rest])).toEqual(['elements.1.components.0']);
    const day = { components: [kwh(0.4)], restrictions: { startTime: '06:00', endTime: '22:00' } };
    expect(fields([night, day])).toEqual([]);
    const weekend = { components: [kwh(0.4)], restrictions: { dayOfWeek: ['SUNDAY'] } };
    const monday = { components: [kwh(0.3)], restrictions: { dayOfWeek: ['MONDAY'] } };
    expect(fields([monday, weekend, rest])).toEqual([]);
  });

  it('a fallback behind what it stands in for is no overlap', () =>
    expect(
      fields([
        { components: [kwh(0.3)], restrictions: { startTime: '22:00', endTime: '06:00' } },
        { components: [kwh(0.5)] },
      ]),
    ).toEqual([]));

  it('dates outside the validity of the tariff', () =>
    expect(
      fields(
        [
          { components: [kwh(0.3)], restrictions: { endDate: '2024-01-01' } },
          { components: [kwh(0.5)] },
        ],
        { validFrom: '2024-06-01T00:00:00Z' },
      ),
    ).toEqual(['elements.0.restrictions.endDate']));

  it('an ad hoc price with a session fee: AFIR forbids it from 50 kW on', () => {
    const fee = component('FLAT', 1, { vat: '19' });
    expect(fields([{ components: [kwh(0.5), fee] }], { type: 'AD_HOC_PAYMENT' })).toEqual([
      'elements.0.components.1',
    ]);
  });
});

describe('what is refused', () => {
  it('is an ad hoc session fee that is for 50 kW and more by its own words (AFIR Art. 5(4))', () => {
    const elements: Elements = [
      { components: [component('FLAT', 1)], restrictions: { minPower: 50_000_000 } },
      { components: [kwh(0.5)] },
    ];
    expect(refusalsOf(tariffOf(elements, { type: 'AD_HOC_PAYMENT' }))).toEqual([
      { field: 'elements.0.components.0', rule: expect.stringContaining('session fee') },
    ]);
    expect(refusalsOf(tariffOf(elements, { type: 'REGULAR' }))).toEqual([]);
  });

  it('is an id that is a path of the API', () =>
    expect(
      refusalsOf(tariffOf([{ components: [kwh(0.5)] }], { tariffId: 'Simulations' })),
    ).toContainEqual(expect.objectContaining({ field: 'tariffId' })));
});
