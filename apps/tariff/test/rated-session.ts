import { type Tariff, tariffSchema } from '@voltledger/contracts';
import { type MilliWattHours, energy, epochMillis, instant } from '@voltledger/kernel';
import { type RatingTerms, compiledTariff } from '../src/domain/compiled-tariff';
import { pricedSession } from '../src/domain/priced-session';
import { withSegment } from '../src/domain/rate-segment';
import { type RatingState, nothingRated } from '../src/domain/rating-state';
import { rounded } from '../src/domain/ratio';
import { type Segment } from '../src/domain/segment';

/** Small tariffs and sessions for the rules of rating, all on one winter's day in Berlin. */

export type Elements = readonly { components: object[]; restrictions?: object }[];

export const tariffOf = (elements: Elements, more: object = {}): Tariff =>
  tariffSchema.parse({
    tariffId: 'T',
    countryCode: 'DE',
    partyId: 'VLT',
    currency: 'EUR',
    taxIncluded: 'NO',
    updatedAt: '2024-01-01T00:00:00Z',
    elements,
    ...more,
  });

export const component = (dimension: string, price: number, more: object = {}): object => ({
  dimension,
  price: price * 1_000_000,
  stepSize: 1,
  ...more,
});

export const under = (
  tariffs: readonly [Tariff, ...Tariff[]],
  reservation: RatingTerms['reservation'] = 'USED',
): RatingTerms => {
  const compiled = (tariff: Tariff) => compiledTariff(tariff, 'hash', 'Europe/Berlin');
  const [first, ...others] = tariffs;
  return { tariffs: [compiled(first), ...others.map(compiled)], reservation };
};

export const segment = (
  kind: Segment['kind'],
  start: string,
  end: string,
  more: Partial<Segment> = {},
): Segment => ({
  kind,
  start: instant(`2024-02-01T${start}:00Z`),
  end: instant(`2024-02-01T${end}:00Z`),
  energy: 0 as MilliWattHours,
  ...more,
});

type Segments = readonly [Segment, ...Segment[]];

export const rated = (terms: RatingTerms, ...segments: Segments): RatingState =>
  segments.reduce(
    (state, each) => withSegment(terms, state, each),
    nothingRated(epochMillis(segments[0].start)),
  );

/** Currency units before taxes. */
export const total = (terms: RatingTerms, ...segments: Segments): number =>
  Number(rounded(pricedSession(terms, rated(terms, ...segments)).total.beforeTaxes)) / 1_000_000;

/** 10 kWh from 11 to 12 local time. */
export const hour = segment('CHARGING', '10:00', '11:00', { energy: energy('10') });
