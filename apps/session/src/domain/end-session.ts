import { later, noEnergy } from '@voltledger/kernel';
import { inTurn } from './in-turn';
import { deliveredBy } from './meter';
import { clockOf, contentOf, once } from './report-content';
import { type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import { type StartedSession } from './session-state';
import { type StationClock } from './station-clock';
import { ROUNDING } from './weigh-reading';

/** The station ends it: also what was closed by estimate before (domain.md 1.6). */
export function endSession(session: StartedSession, told: StationReport): ChargingEvent[] {
  const clock = clockOf(told.report, session);
  return inTurn(
    session,
    ...contentOf(told, clock),
    once((now) => [ended(now, told, clock)]),
  );
}

function ended(
  session: StartedSession,
  { report, reason }: StationReport,
  clock: StationClock,
): ChargingEvent {
  const { sessionId, meter, startedAt, status } = session;
  const latest = later(startedAt, meter?.last.measuredAt ?? startedAt);
  const measured = meter && report.readings.some(tellsTheEnd(meter.last.register));
  return {
    type: 'SessionEnded',
    data: {
      sessionId,
      endedAt: later(clock.corrected(report.reportedAt), latest),
      ...(measured && { meterStop: meter.last.register }),
      delivered: meter ? deliveredBy(meter) : noEnergy,
      reason: reason ?? 'Local',
      ...(status === 'estimated' && { corrects: 'estimate' as const }),
    },
  };
}

/** A begin that is told once more with the end says nothing of it (OCPP-J-MV-03). */
const tellsTheEnd =
  (register: number) =>
  (reading: StationReport['report']['readings'][number]): boolean =>
    reading.context !== 'begin' && Math.abs(reading.register - register) < ROUNDING;
