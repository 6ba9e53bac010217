import { type ChargingState, type Reading } from '@voltledger/contracts';
import { type Instant, type MilliWattHours, epochMillis } from '@voltledger/kernel';
import { type RatingTerms } from './compiled-tariff';
import { withSegment } from './rate-segment';
import { type RatingState, nothingRated } from './rating-state';

/** A stretch since the last reading: how much energy flowed in it the next reading will tell. */
interface OpenSpan {
  readonly start: Instant;
  readonly end: Instant;
  readonly kind: 'CHARGING' | 'PARKING';
  /** Whether the vehicle draws energy; a parked one, or one held back, does not. */
  readonly draws: boolean;
}

/** A reading as rating needs it. */
export interface MeterMark {
  readonly at: Instant;
  /** mWh since the start of the session. */
  readonly delivered: MilliWattHours;
  /** Milliwatts and milliamperes at that moment. */
  readonly power?: number;
  readonly current?: number;
  /** Taken when charging is over already: it says nothing about the stretch before it. */
  readonly closing?: boolean;
}

/** The price of a session that goes on. Plain JSON, and as small as its changes of price are few. */
export interface SessionPrice {
  /** How far we know about the session. */
  readonly until: Instant;
  readonly now: Pick<OpenSpan, 'draws' | 'kind'>;
  readonly last: Pick<MeterMark, 'current' | 'delivered' | 'power'>;
  readonly open: readonly OpenSpan[];
  /** Everything up to the last reading. */
  readonly rating: RatingState;
}

const WATT = 1_000;

/** Until a station says otherwise its vehicle charges. */
export const priceFromStart = (startedAt: Instant): SessionPrice => ({
  until: startedAt,
  now: { kind: 'CHARGING', draws: true },
  last: { delivered: 0 as MilliWattHours },
  open: [],
  rating: nothingRated(epochMillis(startedAt)),
});

export const meterMark = (
  reading: Pick<Reading, 'context' | 'current' | 'measuredAt' | 'power'>,
  delivered: MilliWattHours,
): MeterMark => ({
  at: reading.measuredAt,
  delivered,
  ...(reading.power !== undefined && { power: Math.round(reading.power * WATT) }),
  ...(reading.current !== undefined && { current: Math.round(reading.current * WATT) }),
  ...(reading.context === 'end' && { closing: true }),
});

/** Whether a mark lies before what is known already, so that the price has to be built anew. */
export const comesLate = (
  { until, last }: SessionPrice,
  mark: { at: Instant } & Partial<MeterMark>,
) => mark.at < until || (mark.delivered !== undefined && mark.delivered < last.delivered);

/**
 * From here on the vehicle is in another state. It parks while it asks for no power; when the
 * station holds power back it is charging time.
 */
export const withChargingState = (
  price: SessionPrice,
  at: Instant,
  state: ChargingState,
): SessionPrice => ({
  ...price,
  ...through(price, at),
  now: {
    kind: state === 'Charging' || state === 'SuspendedEVSE' ? 'CHARGING' : 'PARKING',
    draws: state === 'Charging',
  },
});

/**
 * A reading closes the spans before it: its energy flowed evenly while the vehicle drew any, or, if
 * it never did, evenly over all of them.
 */
export function withMeterMark(
  terms: RatingTerms,
  price: SessionPrice,
  mark: MeterMark,
): SessionPrice {
  const { open } = through(price, mark.at);
  const energies = sharedAmong(open, mark.delivered - price.last.delivered);
  const source = mark.closing ? price.last : mark;
  const { power = price.last.power, current = price.last.current } = source;
  const rating = open.reduce(
    (state, { kind, start, end }, index) =>
      withSegment(terms, state, {
        ...{ kind, start, end, power, current },
        energy: (energies[index] ?? 0) as MilliWattHours,
      }),
    price.rating,
  );
  const { delivered } = mark;
  return { ...price, until: mark.at, open: [], last: { ...mark, delivered }, rating };
}

/** The rating so far: what has passed since the last reading counts as time without energy. */
export const ratedSoFar = (terms: RatingTerms, { rating, open, last }: SessionPrice): RatingState =>
  open.reduce(
    (state, { kind, start, end }) =>
      withSegment(terms, state, {
        ...{ kind, start, end, energy: 0 as MilliWattHours },
        ...{ power: last.power, current: last.current },
      }),
    rating,
  );

function through(
  { until, now, open }: SessionPrice,
  at: Instant,
): Pick<SessionPrice, 'open' | 'until'> {
  const before = open.at(-1);
  if (at === until && open.length > 0) return { until, open };
  const span = { start: until, end: at, ...now };
  const goesOn = before && before.kind === now.kind && before.draws === now.draws;
  if (goesOn) return { until: at, open: [...open.slice(0, -1), { ...before, end: at }] };
  return { until: at, open: [...open, span] };
}

/** Whole milliwatt-hours that add up to `energy`, by how long each span drew. */
function sharedAmong(spans: readonly OpenSpan[], energy: number): number[] {
  const anyDraws = spans.some(({ draws, start, end }) => draws && end > start);
  const lengths = spans.map(({ draws, start, end }) =>
    !anyDraws || draws ? BigInt(epochMillis(end) - epochMillis(start)) : 0n,
  );
  const total = lengths.reduce((sum, length) => sum + length, 0n);
  if (total === 0n) return spans.map((_span, index) => (index === spans.length - 1 ? energy : 0));
  let passed = 0n;
  let given = 0;
  return lengths.map((length) => {
    passed += length;
    const due = Number((BigInt(energy) * passed) / total);
    const share = due - given;
    given = due;
    return share;
  });
}
