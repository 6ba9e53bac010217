import { type MilliWattHours } from '@voltledger/kernel';
import { type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ChargingSession } from './session-state';
import { stationClock } from './station-clock';

/** What is told of the start; the rest of the report is taken like any other. */
export function sessionStarted(session: ChargingSession, told: StationReport): ChargingEvent {
  const { report, refusal, startId } = told;
  const { sessionId, stationId, transactionId, place, token, reportedAt, offline } = report;
  const authorization = told.authorization ?? vouchedBefore(session);
  const meterStart = startRegister(told);
  return {
    type: 'SessionStarted',
    data: {
      sessionId,
      stationId,
      transactionId,
      ...(place && { place }),
      ...(authorization && { authorization }),
      ...(refusal && !authorization && { refusal }),
      ...(token && { presented: token }),
      startedAt: stationClock(report, false).corrected(reportedAt),
      reportedAt,
      ...(meterStart !== undefined && { meterStart }),
      offline,
      ...(startId !== undefined && { startId }),
    },
  };
}

const vouchedBefore = (session: ChargingSession) =>
  session.status === 'announced' ? session.authorization : undefined;

/** Only a begin counts as the start (OCPP-J-MV-03); of several, the last and most exact. */
function startRegister({ kind, report }: StationReport): MilliWattHours | undefined {
  if (kind !== 'started') return undefined;
  return report.readings.findLast(({ context }) => context === 'begin')?.register;
}
