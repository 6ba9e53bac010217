import { instant } from '@voltledger/kernel';
import { component, hour, rated, segment, tariffOf, total, under } from '../../test/rated-session';
import { type GivenPeriod, unverifiable } from './given-periods';
import { ratingOf } from './rating';
import { ZERO, whole } from './ratio';

describe('finding the component', () => {
  it('R-07: what no element prices costs nothing, and the trace says so', () => {
    const terms = under([tariffOf([{ components: [component('TIME', 1)] }])]);
    expect(ratingOf(terms, rated(terms, hour)).trace).toContainEqual(
      '2024-02-01T10:00:00.000Z to 2024-02-01T11:00:00.000Z ENERGY: 10 kWh cost nothing, no element has a price',
    );
  });

  it('R-09: of two components of one dimension in an element the first counts', () =>
    expect(
      total(
        under([tariffOf([{ components: [component('TIME', 1), component('TIME', 9)] }])]),
        hour,
      ),
    ).toBe(1));

  it('R-05: each dimension finds its own element', () => {
    const elements = [
      { components: [component('TIME', 2)] },
      { components: [component('TIME', 9), component('ENERGY', 0.5)] },
    ];
    expect(total(under([tariffOf(elements)]), hour)).toBe(7);
  });
});

describe('restrictions', () => {
  const restricted = (restrictions: object) =>
    under([
      tariffOf([
        { components: [component('TIME', 6)], restrictions },
        { components: [component('TIME', 1)] },
      ]),
    ]);

  it('R-12: a window that starts when it ends is the whole day', () =>
    expect(total(restricted({ startTime: '10:00', endTime: '10:00' }), hour)).toBe(6));

  it('R-12: without a start a window begins at midnight', () =>
    expect(total(restricted({ endTime: '11:30' }), hour)).toBe(3.5));

  it('R-18: durations count from the start of the session, parking included', () =>
    expect(
      total(restricted({ minDuration: 5_400 }), segment('PARKING', '09:00', '10:00'), hour),
    ).toBe(3.5));

  it('R-16, R-19: an element asking for a current does not match while none is measured', () => {
    const terms = restricted({ minCurrent: 0 });
    expect(total(terms, hour)).toBe(1);
    expect(total(terms, { ...hour, current: 0 })).toBe(6);
  });

  it('R-17: power at the minimum matches, at the maximum it does not', () => {
    expect(total(restricted({ minPower: 11_000_000 }), { ...hour, power: 11_000_000 })).toBe(6);
    expect(total(restricted({ maxPower: 11_000_000 }), { ...hour, power: 11_000_000 })).toBe(1);
  });

  it('R-19: a parked vehicle draws nothing, measured or not', () => {
    const elements = [
      { components: [component('PARKING_TIME', 3)], restrictions: { maxCurrent: 1 } },
    ];
    const parked = segment('PARKING', '10:00', '11:00', { current: 32_000 });
    expect(total(under([tariffOf(elements)]), parked)).toBe(3);
  });

  it('R-24: a window of the hour that comes twice in autumn lasts two hours', () => {
    const night = {
      ...hour,
      start: instant('2024-10-26T22:00:00Z'),
      end: instant('2024-10-27T04:00:00Z'),
    };
    expect(total(restricted({ startTime: '02:00', endTime: '03:00' }), night)).toBe(2 * 6 + 4);
  });

  it('R-19: a CDR that lacks what a restriction asks for cannot be verified', () => {
    const period: GivenPeriod = {
      start: hour.start,
      energy: whole(1_000_000),
      chargingTime: whole(3_600_000),
      parkingTime: ZERO,
      reservedTime: ZERO,
    };
    const terms = restricted({ minCurrent: 16_000 });
    expect(unverifiable(terms, period)).toBe(true);
    expect(unverifiable(terms, { ...period, current: { least: 20_000, most: 32_000 } })).toBe(
      false,
    );
    expect(unverifiable(restricted({ minDuration: 60 }), period)).toBe(false);
  });
});
