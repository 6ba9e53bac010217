import { tariffSchema } from '@voltledger/contracts';
import { type MilliWattHours, instant, instantAt } from '@voltledger/kernel';
import fc from 'fast-check';
import { type RatingTerms, compiledTariff } from './compiled-tariff';
import { pricedSession } from './priced-session';
import { withSegment } from './rate-segment';
import { nothingRated } from './rating-state';
import { compared } from './ratio';

const START = Date.parse('2024-10-26T20:00:00Z');
const prices = fc.nat(2_000_000);
const stepSizes = fc.constantFrom(0, 1, 60, 500, 900);

interface Band {
  readonly upTo: number;
  readonly price: number;
}

/** Any number of kWh bands, each with a price of its own, and prices for time and parking. */
const terms = fc
  .record({
    bands: fc.array(fc.record({ upTo: fc.nat(40_000_000), price: prices }), { maxLength: 4 }),
    rest: prices,
    time: prices,
    parking: prices,
    stepSize: stepSizes,
    window: fc.constantFrom({}, { startTime: '22:00', endTime: '06:00' }),
  })
  .map(({ bands, rest, time, parking, stepSize, window }): RatingTerms => {
    // Between bands a step may be charged at a dearer price than the energy that fills it.
    const energyStep = bands.length === 0 ? stepSize : 0;
    const component = (dimension: string, price: number) => ({
      dimension,
      price,
      stepSize: dimension === 'ENERGY' ? energyStep : stepSize,
      vat: '19',
    });
    const rising = [...bands].sort((one: Band, other: Band) => one.upTo - other.upTo);
    const tariff = tariffSchema.parse({
      tariffId: 'T',
      countryCode: 'DE',
      partyId: 'VLT',
      currency: 'EUR',
      taxIncluded: 'NO',
      elements: [
        ...rising.map(({ upTo, price }) => ({
          components: [component('ENERGY', price)],
          restrictions: { maxEnergy: upTo },
        })),
        { components: [component('ENERGY', rest), component('TIME', time)] },
        { components: [component('PARKING_TIME', parking)], restrictions: window },
      ],
      updatedAt: '2024-01-01T00:00:00Z',
    });
    return { tariffs: [compiledTariff(tariff, 'hash', 'Europe/Berlin')], reservation: 'USED' };
  });

/** Charging for a while, then parking for a while. Milliseconds and mWh. */
function cost(by: RatingTerms, charging: number, energy: number, parking: number) {
  const unplugged = instantAt(START + charging);
  const charged = withSegment(by, nothingRated(START), {
    kind: 'CHARGING',
    start: instantAt(START),
    end: unplugged,
    energy: energy as MilliWattHours,
  });
  const parked = withSegment(by, charged, {
    kind: 'PARKING',
    start: unplugged,
    end: instantAt(START + charging + parking),
    energy: 0 as MilliWattHours,
  });
  return pricedSession(by, parked).total.beforeTaxes;
}

const duration = fc.nat(40_000_000);

describe('a session under prices that are not negative', () => {
  it('never costs less for more energy in the same time', () => {
    fc.assert(
      fc.property(
        terms,
        fc.record({
          charging: duration,
          parking: duration,
          energy: fc.nat(60_000_000),
          more: fc.nat(9_000_000),
        }),
        (by, { charging, parking, energy, more }) => {
          const less = cost(by, charging, energy, parking);
          expect(compared(cost(by, charging, energy + more, parking), less)).toBeGreaterThanOrEqual(
            0,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never costs less for more parking', () => {
    fc.assert(
      fc.property(
        terms,
        fc.record({
          charging: duration,
          parking: duration,
          energy: fc.nat(60_000_000),
          more: duration,
        }),
        (by, { charging, parking, energy, more }) => {
          // Priced parking takes the rounding over from charging time, which may then cost less.
          fc.pre(by.tariffs[0].tariff.elements.at(-2)?.components[1]?.stepSize === 0);
          const less = cost(by, charging, energy, parking);
          expect(compared(cost(by, charging, energy, parking + more), less)).toBeGreaterThanOrEqual(
            0,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('of 10 kWh at 0.30 and the rest at 0.50 costs 10.50 for 25 kWh (E18)', () => {
    const [low, high] = [300_000, 500_000].map((price) => ({
      dimension: 'ENERGY',
      price,
      stepSize: 1,
    }));
    const tariff = tariffSchema.parse({
      tariffId: 'T',
      countryCode: 'DE',
      partyId: 'VLT',
      currency: 'EUR',
      taxIncluded: 'NO',
      elements: [
        { components: [low], restrictions: { maxEnergy: 10_000_000 } },
        { components: [high] },
      ],
      updatedAt: instant('2024-01-01T00:00:00Z'),
    });
    const by: RatingTerms = {
      tariffs: [compiledTariff(tariff, 'hash', 'UTC')],
      reservation: 'USED',
    };
    expect(cost(by, 3_600_000, 25_000_000, 0)).toEqual({ parts: 10_500_000n, over: 1n });
  });
});
