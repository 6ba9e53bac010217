import { type Instant, type MilliWattHours, epochMillis, scaledInteger } from '@voltledger/kernel';
import { type Measured } from '../domain/active-components';
import { type RatingTerms } from '../domain/compiled-tariff';
import { type GivenPeriod, ratedAsGiven } from '../domain/given-periods';
import { withSegment } from '../domain/rate-segment';
import { type RatingState, nothingRated } from '../domain/rating-state';
import { type Ratio, ZERO, ratio } from '../domain/ratio';
import { type Segment } from '../domain/segment';
import { type GivenCase, type PricingCase, type Timeline } from './case-file';

const KWH_DIGITS = 6;
const AMPERE_DIGITS = 3;
const KILOWATT_DIGITS = 6;
const EXACT_DIGITS = 15;
const EXACT = 10n ** BigInt(EXACT_DIGITS);

/** The state a case's session leads to, by timeline or by the periods it gives. */
export const stateOf = (terms: RatingTerms, { session }: PricingCase): RatingState =>
  'timeline' in session ? followed(terms, session) : asGiven(terms, session);

function followed(terms: RatingTerms, { timeline }: Timeline): RatingState {
  const segments = timeline.map(segmentOf);
  const startedAt = epochMillis(segments[0]?.start ?? ('' as Instant));
  return segments.reduce(
    (state, segment) => withSegment(terms, state, segment),
    nothingRated(startedAt),
  );
}

const segmentOf = (wire: Timeline['timeline'][number]): Segment => ({
  kind: wire.kind,
  start: wire.start,
  end: wire.end,
  energy: (scaled(wire.kwh, KWH_DIGITS) ?? 0) as MilliWattHours,
  power: scaled(wire.power_kw, KILOWATT_DIGITS),
  current: scaled(wire.current_a, AMPERE_DIGITS),
});

const asGiven = (terms: RatingTerms, session: GivenCase): RatingState =>
  ratedAsGiven(terms, {
    start: session.start_date_time,
    end: session.end_date_time,
    periods: session.charging_periods.map(givenPeriod),
  });

function givenPeriod({
  start_date_time,
  dimensions,
}: GivenCase['charging_periods'][number]): GivenPeriod {
  const volumes = new Map(dimensions.map(({ type, volume }) => [type, volume]));
  return {
    start: start_date_time,
    energy: exactly(volumes.get('ENERGY'), MWH_PER_KWH),
    chargingTime: exactly(volumes.get('TIME'), MILLIS_PER_HOUR),
    parkingTime: exactly(volumes.get('PARKING_TIME'), MILLIS_PER_HOUR),
    reservedTime: exactly(volumes.get('RESERVATION_TIME'), MILLIS_PER_HOUR),
    power: measured(volumes.get('MIN_POWER'), volumes.get('MAX_POWER'), KILOWATT_DIGITS),
    current: measured(volumes.get('MIN_CURRENT'), volumes.get('MAX_CURRENT'), AMPERE_DIGITS),
  };
}

const MWH_PER_KWH = 1_000_000n;
const MILLIS_PER_HOUR = 3_600_000n;

/** A volume's own digits, as a fraction: 1.973 h are 7,102,800 ms and not a nanosecond more. */
function exactly(volume: number | undefined, unit: bigint): Ratio {
  if (volume === undefined) return ZERO;
  return ratio((scaledInteger(String(volume), EXACT_DIGITS) ?? 0n) * unit, EXACT);
}

/** What only one side was measured of, is known by that side alone. */
function measured(
  least: number | undefined,
  most: number | undefined,
  digits: number,
): Measured | undefined {
  const [low, high] = [scaled(least ?? most, digits), scaled(most ?? least, digits)];
  return low === undefined || high === undefined ? undefined : { least: low, most: high };
}

function scaled(value: number | null | undefined, digits: number): number | undefined {
  if (value === null || value === undefined) return undefined;
  return Number(scaledInteger(String(value), digits));
}
