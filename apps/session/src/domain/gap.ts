import { clockOf } from './report-content';
import { type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import { type StartedSession } from './session-state';

/** Says which reports never came before `first` (domain.md 1.3, OCPP-2.0.1-TX-08). */
export function gapBefore(session: StartedSession, first: StationReport): ChargingEvent {
  const { sessionId, expected } = session;
  const { seqNo, reportedAt } = first.report;
  const missing =
    expected === undefined || seqNo === undefined
      ? 'The report of the start never came.'
      : `Reports from ${expected} up to before ${seqNo} never came.`;
  return {
    type: 'MeterAnomalyFound',
    data: {
      sessionId,
      kind: 'gap',
      measuredAt: clockOf(first.report, session).corrected(reportedAt),
      detail: missing,
    },
  };
}
