import { type MilliWattHours, instant, plusMillis } from '@voltledger/kernel';
import fc from 'fast-check';
import { type Mark } from './session-history';
import { marksFrom, timelineOf } from './timeline';

const start = instant('2024-02-01T10:00:00Z');
const at = fc.integer({ min: -60_000, max: 200_000_000 }).map((since) => plusMillis(start, since));
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record(
    {
      type: fc.constant('meter' as const),
      at,
      delivered: fc.integer({ min: -1_000, max: 400_000_000 }).map((mWh) => mWh as MilliWattHours),
      power: fc.nat(400_000_000),
      current: fc.nat(500_000),
      closing: fc.constant(true as const),
    },
    { requiredKeys: ['type', 'at', 'delivered'] },
  ),
  fc.record({
    type: fc.constant('state' as const),
    at,
    state: fc.constantFrom('Charging', 'SuspendedEV', 'SuspendedEVSE', 'Idle'),
  }),
);

describe('the timeline of a session that is over', () => {
  it('gives back every mark it was made of', () => {
    fc.assert(
      fc.property(fc.array(mark), (marks) => {
        const packed: unknown = JSON.parse(JSON.stringify(timelineOf(start, marks)));
        expect(marksFrom(start, packed as never)).toEqual(marks);
      }),
    );
  });

  it('is small: a reading of energy alone takes two numbers', () =>
    expect(
      JSON.stringify(
        timelineOf(start, [
          { type: 'meter', at: plusMillis(start, 60_000), delivered: 500_000 as MilliWattHours },
          { type: 'state', at: plusMillis(start, 90_000), state: 'SuspendedEV' },
        ]),
      ),
    ).toBe('[[60000,500000],[90000,"SuspendedEV"]]'));
});
