import { type Reading } from '@voltledger/contracts';
import { type Instant, epochMillis, plusMillis } from '@voltledger/kernel';
import { inTurn } from './in-turn';
import { type Meter, counted, deliveredBy } from './meter';
import { type TimedReading, readingsSince } from './readings';
import { circumstancesOf, clockOf, once } from './report-content';
import { type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ClosedSession, type StartedSession, isClosed } from './session-state';
import { signedData } from './signed-records';
import { JITTER_MILLISECONDS, ROUNDING, weigh } from './weigh-reading';

type Verdict = Extract<ChargingEvent, { type: 'LateDataReceived' }>['data']['verdict'];

interface Judgement {
  readonly verdict: Verdict;
  /** The meter, had everything been told in time. */
  readonly meter: Meter | undefined;
}

/**
 * What comes after the end is kept with a verdict (OCPP-1.6-TX-10, -11; 2.0.1-TX-12). It may
 * complete what was only estimated; a total both ends of which were measured it does not change.
 */
export function lateReport(session: StartedSession, told: StationReport): ChargingEvent[] {
  if (!isClosed(session)) return [];
  const { report } = told;
  const clock = clockOf(report, session);
  const readings = readingsSince(session.startedAt, report, clock);
  const judged = judge(session, readings);
  const verdict = contradictsEnd(session, told, clock.corrected(report.reportedAt))
    ? 'needs review'
    : judged.verdict;
  return inTurn(
    session,
    ...circumstancesOf(told),
    once(() => [lateData(told, verdict, readings)]),
    (now) => signedData(now, told, clock),
    once(() => (verdict === 'used' ? completedEnd(session, judged) : [])),
  );
}

function judge(session: ClosedSession, readings: readonly TimedReading[]): Judgement {
  const needsReview: Judgement = { verdict: 'needs review', meter: session.meter };
  let judged: Judgement = { verdict: 'ignored', meter: session.meter };
  for (const reading of readings) {
    const next = judgeOne(session, judged, reading);
    if (!next) return needsReview;
    judged = next;
  }
  const { meter } = judged;
  const changes = meter !== undefined && deliveredBy(meter) !== session.end.delivered;
  return changes && isMeasured(session) ? needsReview : judged;
}

/** @returns undefined when the reading contradicts what is known. */
function judgeOne(
  session: ClosedSession,
  judged: Judgement,
  reading: TimedReading,
): Judgement | undefined {
  if (saysNothingNew(session, reading)) return judged;
  const weighed = weigh(judged.meter, reading, session.place?.connector?.maxPower);
  if (weighed.verdict === 'known') return judged;
  if (weighed.verdict !== 'plausible' || isPastTheEnd(session, reading.measuredAt))
    return undefined;
  const { delivered, at } = weighed;
  return { verdict: 'used', meter: counted(judged.meter, { ...reading, ...at, delivered }) };
}

/** A register that stands still after the end, as clock-aligned samples show it. */
const saysNothingNew = (session: ClosedSession, { measuredAt, register }: Reading): boolean =>
  isPastTheEnd(session, measuredAt) &&
  session.meter !== undefined &&
  Math.abs(register - session.meter.last.register) < ROUNDING;

/** An estimated end is no limit: the session evidently went on. */
const isPastTheEnd = ({ status, end }: ClosedSession, at: Instant): boolean =>
  status === 'ended' && at > plusMillis(end.endedAt, JITTER_MILLISECONDS);

const isMeasured = ({ status, end, meter }: ClosedSession): boolean =>
  status === 'ended' && end.meterStop !== undefined && meter?.startMeasured === true;

/** A second end with another time is somebody's to look at (OCPP-1.6-TX-10). */
const contradictsEnd = ({ end }: ClosedSession, { kind }: StationReport, at: Instant): boolean =>
  kind === 'ended' && Math.abs(epochMillis(at) - epochMillis(end.endedAt)) > JITTER_MILLISECONDS;

const lateData = (
  { report: { sessionId, reportedAt, arrivedAt } }: StationReport,
  verdict: Verdict,
  readings: readonly TimedReading[],
): ChargingEvent => ({
  type: 'LateDataReceived',
  data: {
    sessionId,
    reportedAt,
    arrivedAt,
    verdict,
    readings: readings.map(({ sentAt: _sentAt, ...reading }) => reading),
  },
});

function completedEnd(session: ClosedSession, { meter }: Judgement): ChargingEvent[] {
  if (session.status !== 'ended' || !meter) return [];
  const delivered = deliveredBy(meter);
  if (delivered === session.end.delivered) return [];
  const { sessionId, end } = session;
  const { endedAt, meterStop, reason = 'Local' } = end;
  return [
    {
      type: 'SessionEnded',
      data: {
        sessionId,
        endedAt,
        ...(meterStop !== undefined && { meterStop }),
        delivered,
        reason,
        corrects: 'estimate',
      },
    },
  ];
}
