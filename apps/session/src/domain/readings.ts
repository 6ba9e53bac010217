import { type Reading, type TransactionReport } from '@voltledger/contracts';
import { type Instant, type MilliWattHours, plusMillis } from '@voltledger/kernel';
import { type Mark, type Meter } from './meter';
import { type ChargingEvent } from './session-event';
import { type StartedSession } from './session-state';
import { type StationClock } from './station-clock';
import { JITTER_MILLISECONDS, ROUNDING, type Weighed, weigh } from './weigh-reading';

/** A reading in our best time. */
export interface TimedReading extends Reading {
  /** As the station sent it. */
  readonly sentAt: Instant;
}

type Anomaly = Extract<ChargingEvent, { type: 'MeterAnomalyFound' }>;

/** The readings of a report that belong to a session started at `startedAt`, oldest first. */
export const readingsSince = (
  startedAt: Instant,
  { readings }: TransactionReport,
  clock: StationClock,
): TimedReading[] =>
  withoutRounded(readings)
    .map((reading) => timed(reading, startedAt, clock))
    .filter(({ measuredAt }) => measuredAt >= startedAt)
    .sort((one, other) => (one.measuredAt < other.measuredAt ? -1 : sameOrLater(one, other)));

const sameOrLater = (one: TimedReading, other: TimedReading): number =>
  one.measuredAt === other.measuredAt ? 0 : 1;

/**
 * OCPP-J-MV-03: `meterStart` and `meterStop` come first in a report, cut to watt-hours; a
 * Transaction.* sample behind them that says the same more exactly takes their place.
 */
function withoutRounded(readings: readonly Reading[]): Reading[] {
  return readings.filter(({ context, register }, index) => {
    if (context !== 'begin' && context !== 'end') return true;
    const better = readings.slice(index + 1).some((other) => {
      return other.context === context && Math.abs(other.register - register) < ROUNDING;
    });
    return !better;
  });
}

/** A begin, or a sample a moment before the start, counts as taken at the start. */
function timed(reading: Reading, startedAt: Instant, clock: StationClock): TimedReading {
  const measuredAt = clock.corrected(reading.measuredAt);
  const atStart =
    measuredAt < startedAt &&
    (reading.context === 'begin' || plusMillis(measuredAt, JITTER_MILLISECONDS) >= startedAt);
  return {
    ...reading,
    measuredAt: atStart ? startedAt : measuredAt,
    sentAt: reading.measuredAt,
  };
}

/** What a reading makes known: it is taken, doubted, or both; nothing when it says nothing new. */
export function readingEvents(
  session: StartedSession,
  reading: TimedReading,
  offline: boolean,
): ChargingEvent[] {
  const weighed = weigh(session.meter, reading, session.place?.connector?.maxPower);
  switch (weighed.verdict) {
    case 'known':
      return [];
    case 'plausible':
      return [taken(session, reading, weighed, offline)];
    case 'jump':
      return [
        taken(session, reading, weighed, offline),
        anomaly(session, reading, 'jump', 'More energy than the connector can deliver.'),
      ];
    case 'fallen':
      return [anomaly(session, reading, 'rollback', 'The register fell; the reading is not used.')];
    case 'recovered':
      return [
        anomaly(session, reading, 'rollback', 'The register is back where it was before a jump.'),
        taken(session, reading, weighed, offline),
      ];
    case 'replaced':
      return [
        anomaly(session, reading, 'replaced', 'The register goes on from where it fell to.'),
        taken(session, reading, weighed, offline),
      ];
  }
}

function taken(
  { sessionId }: StartedSession,
  { sentAt, signed: _elsewhere, ...reading }: TimedReading,
  weighed: Extract<Weighed, { delivered: unknown }>,
  offline: boolean,
): ChargingEvent {
  const measuredAt = 'at' in weighed ? weighed.at.measuredAt : reading.measuredAt;
  return {
    type: 'MeterValueRecorded',
    data: {
      sessionId,
      ...reading,
      measuredAt,
      ...(sentAt !== measuredAt && { reportedAt: sentAt }),
      delivered: weighed.delivered,
      offline,
    },
  };
}

function anomaly(
  { sessionId, meter }: StartedSession,
  reading: TimedReading,
  kind: Anomaly['data']['kind'],
  detail: string,
): ChargingEvent {
  const { measuredAt, register } = reading;
  const expected = meter && expectedOf(meter, reading);
  return {
    type: 'MeterAnomalyFound',
    data: {
      sessionId,
      kind,
      measuredAt,
      register,
      ...(expected !== undefined && { expected }),
      detail,
    },
  };
}

/** What the register should have shown; an older reading may show less than the last. */
const expectedOf = ({ last, zero }: Meter, { register, measuredAt }: Mark): MilliWattHours =>
  measuredAt < last.measuredAt && register < zero ? zero : last.register;
