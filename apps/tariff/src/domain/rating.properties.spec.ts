import { type Price, type Tariff } from '@voltledger/contracts';
import { type MilliWattHours, epochMillis, instantAt } from '@voltledger/kernel';
import fc from 'fast-check';
import { ZONES, anySession, anyTariff } from '../../../../test/support/any-session';
import { type RatingTerms, compiledTariff } from './compiled-tariff';
import { pricedSession } from './priced-session';
import { withSegment } from './rate-segment';
import { ratingOf } from './rating';
import { type RatingState, nothingRated } from './rating-state';
import { ZERO, compared, ratioText, reduced, sum } from './ratio';
import { type Segment } from './segment';

const termsOf = (tariff: Tariff, zone: string): RatingTerms => ({
  tariffs: [compiledTariff(tariff, 'hash', zone)],
  reservation: 'USED',
});

const rated = (terms: RatingTerms, segments: readonly Segment[]): RatingState =>
  segments.reduce(
    (state, segment) => withSegment(terms, state, segment),
    nothingRated(epochMillis(segments[0]!.start)),
  );

const exactTotal = (terms: RatingTerms, state: RatingState) => {
  const { beforeTaxes, afterTaxes } = pricedSession(terms, state).total;
  return {
    before: ratioText(reduced(beforeTaxes)),
    after: afterTaxes && ratioText(reduced(afterTaxes)),
  };
};

/** Cuts a segment into `into` equal ones; the fixture's units divide by 2 to 10. */
const split = (segment: Segment, into: number): Segment[] => {
  const [start, end] = [epochMillis(segment.start), epochMillis(segment.end)];
  return Array.from({ length: into }, (_, index) => ({
    ...segment,
    start: instantAt(start + ((end - start) * index) / into),
    end: instantAt(start + ((end - start) * (index + 1)) / into),
    energy: (segment.energy / into) as MilliWattHours,
  }));
};

const world = fc.record({
  tariff: anyTariff,
  zone: fc.constantFrom(...ZONES),
  segments: anySession,
});
const RUNS = { numRuns: 300 };

describe('rating, whatever the tariff and the session', () => {
  it('comes to the same when readings are split or merged', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 2, max: 10 }), ({ tariff, zone, segments }, into) => {
        const terms = termsOf(tariff, zone);
        const whole = rated(terms, segments);
        const parts = rated(
          terms,
          segments.flatMap((segment) => split(segment, into)),
        );
        expect(exactTotal(terms, parts)).toEqual(exactTotal(terms, whole));
        expect(ratingOf(terms, parts)).toEqual(ratingOf(terms, whole));
      }),
      RUNS,
    );
  });

  it('comes to the same step by step as at once, and after a snapshot in between', () => {
    fc.assert(
      fc.property(world, fc.nat(6), ({ tariff, zone, segments }, cut) => {
        const terms = termsOf(tariff, zone);
        const before = segments
          .slice(0, cut)
          .reduce(
            (state, segment) => withSegment(terms, state, segment),
            nothingRated(epochMillis(segments[0]!.start)),
          );
        const restored = JSON.parse(JSON.stringify(before)) as RatingState;
        const after = segments
          .slice(cut)
          .reduce((state, segment) => withSegment(termsOf(tariff, zone), state, segment), restored);
        expect(after).toEqual(rated(terms, segments));
      }),
      RUNS,
    );
  });

  it('adds up: parts to the total, exactly and in millionths', () => {
    fc.assert(
      fc.property(world, ({ tariff, zone, segments }) => {
        const terms = termsOf(tariff, zone);
        const state = rated(terms, segments);
        const { parts, total } = pricedSession(terms, state);
        const exact = [...parts.values()].reduce((all, part) => sum(all, part.beforeTaxes), ZERO);
        expect(compared(exact, total.beforeTaxes)).toBe(0);
        const { costs } = ratingOf(terms, state);
        const written = [costs.fixed, costs.energy, costs.time, costs.parking].flatMap((part) =>
          part ? [part] : [],
        );
        const micros = (of: (price: Price) => number) =>
          written.reduce((all, part) => all + of(part), 0);
        expect(micros(({ beforeTaxes }) => beforeTaxes.micros)).toBe(
          costs.total.beforeTaxes.micros,
        );
        expect(micros(({ afterTaxes }) => afterTaxes?.micros ?? 0)).toBe(
          costs.total.afterTaxes?.micros ?? 0,
        );
        for (const { beforeTaxes, afterTaxes, taxes } of [...written, costs.total])
          if (afterTaxes && tariff.taxIncluded !== 'N/A')
            expect(taxes.reduce((all, tax) => all + tax.amount.micros, beforeTaxes.micros)).toBe(
              afterTaxes.micros,
            );
      }),
      RUNS,
    );
  });

  it('keeps the meter: energy of the periods is that of the session, and periods tile it', () => {
    fc.assert(
      fc.property(world, ({ tariff, zone, segments }) => {
        const terms = termsOf(tariff, zone);
        const { periods, energy, time } = ratingOf(terms, rated(terms, segments));
        const [first, last] = [segments[0]!, segments.at(-1)!];
        expect(energy).toBe(segments.reduce((all, segment) => all + segment.energy, 0));
        expect(periods.reduce((all, period) => all + period.energy, 0)).toBe(energy);
        expect([periods[0]!.startedAt, periods.at(-1)!.endedAt]).toEqual([first.start, last.end]);
        periods.slice(1).forEach((period, index) => {
          expect(period.startedAt).toBe(periods[index]!.endedAt);
        });
        for (const { startedAt, endedAt, chargingTime, parkingTime } of periods)
          expect(chargingTime + parkingTime).toBe(epochMillis(endedAt) - epochMillis(startedAt));
        expect(time.total).toBe(epochMillis(last.end) - epochMillis(first.start));
      }),
      RUNS,
    );
  });
});
