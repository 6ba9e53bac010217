import { type MilliWattHours, energy, instant } from '@voltledger/kernel';
import fc from 'fast-check';
import { component, tariffOf, under } from '../../test/rated-session';
import { ratingOf } from './rating';
import { type Mark, closed, endsInOrder, followed, ratedToEnd, rebuilt } from './session-history';
import { type SessionPrice, priceFromStart, ratedSoFar } from './session-price';

const at = (time: string) => instant(`2024-02-01T${time}:00Z`);
const meter = (time: string, kwh: string, more: object = {}): Mark => ({
  ...{ type: 'meter', at: at(time), delivered: energy(kwh) },
  ...more,
});
const state = (time: string, to: 'Charging' | 'SuspendedEV' | 'SuspendedEVSE'): Mark => ({
  ...{ type: 'state', at: at(time), state: to },
});

const terms = under([
  tariffOf([
    { components: [component('ENERGY', 1)], restrictions: { endTime: '11:30' } },
    { components: [component('ENERGY', 2), component('TIME', 3), component('PARKING_TIME', 6)] },
  ]),
]);
const end = { endedAt: at('12:00'), delivered: energy('12') };
const start = at('10:00');
const costOf = (...marks: readonly Mark[]) =>
  ratingOf(terms, ratedToEnd(terms, start, marks, end)).costs;

const followedAll = (marks: readonly Mark[]): SessionPrice =>
  marks.reduce<SessionPrice>(
    (price, mark, index) =>
      followed(terms, price, mark) ?? rebuilt(terms, start, marks.slice(0, index + 1)),
    priceFromStart(start),
  );

describe('what a session is made of', () => {
  it('R-21: a vehicle that asks for no power parks; one that is held back is charging', () => {
    const marks = [meter('11:00', '12'), state('11:00', 'SuspendedEV')];
    expect(costOf(...marks).parking?.beforeTaxes.micros).toBe(6_000_000);
    const held = [meter('11:00', '12'), state('11:00', 'SuspendedEVSE')];
    expect(costOf(...held).time?.beforeTaxes.micros).toBe(6_000_000);
    expect(costOf(...held).parking).toBeUndefined();
  });

  it('puts energy where the vehicle drew it, also when it stopped between two readings', () => {
    // 11:30 local is 10:30: all 12 kWh flowed until then, though the next reading is of 11:00.
    const { energy: cost } = costOf(state('10:30', 'SuspendedEV'), meter('11:00', '12'));
    expect(cost?.beforeTaxes.micros).toBe(12_000_000);
  });

  it('takes nothing that was read after the end, nor beyond the energy that counts', () => {
    const costs = costOf(meter('10:30', '6'), meter('11:00', '99'), meter('12:30', '99'));
    expect(costs.energy?.beforeTaxes.micros).toBe(6_000_000 + 2 * 6_000_000);
  });

  it('counts the time since the last reading without energy, until somebody reads again', () => {
    const price = followedAll([meter('11:00', '6'), state('11:30', 'SuspendedEV')]);
    const { time, energy: delivered } = ratingOf(terms, ratedSoFar(terms, price));
    expect([time.charging, delivered]).toEqual([5_400_000, 6_000_000]);
  });

  const marks = fc.array(
    fc.oneof(
      fc.nat(120).map((minute): Mark => {
        const hours = 10 + Math.floor(minute / 60);
        const time = `${hours}:${String(minute % 60).padStart(2, '0')}`;
        return { type: 'meter', at: at(time), delivered: (minute * 100_000) as MilliWattHours };
      }),
      fc
        .tuple(fc.integer({ min: 0, max: 59 }), fc.constantFrom('Charging', 'SuspendedEV'))
        .map(([minute, to]): Mark => ({
          ...{ type: 'state', at: at(`11:${String(minute).padStart(2, '0')}`), state: to },
        })),
    ),
    { maxLength: 12 },
  );

  it('comes to the same in whatever order its readings arrive, step by step or at once', () => {
    fc.assert(
      fc.property(marks, (given) => {
        // Two states at one moment contradict each other; whichever is last then counts.
        const distinct = given.filter(
          (mark, index) =>
            given.findIndex((other) => other.type === mark.type && other.at === mark.at) === index,
        );
        const price = followedAll(distinct);
        const steps = endsInOrder(price, end)
          ? closed(terms, price, end)
          : ratedToEnd(terms, start, distinct, end);
        expect(ratingOf(terms, steps)).toEqual(
          ratingOf(terms, ratedToEnd(terms, start, [...distinct].reverse(), end)),
        );
      }),
      { numRuns: 200 },
    );
  });
});
