import { sessionNotActive, sessionUnknown } from './errors';
import { type Only } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ChargingSession } from './session-state';

/**
 * @throws DomainError SESSION_UNKNOWN, SESSION_NOT_ACTIVE: a person's wish may be refused.
 */
export function requestStop(
  { sessionId, commandId, by, at, until }: Only<'RequestStop'>,
  session: ChargingSession,
): ChargingEvent[] {
  if (session.status === 'none' || session.status === 'announced') throw sessionUnknown(sessionId);
  if (session.stop?.commandId === commandId) return [];
  if (session.status !== 'active') throw sessionNotActive(sessionId);
  const { stationId, transactionId } = session;
  return [
    {
      type: 'StopRequested',
      data: { sessionId, commandId, stationId, transactionId, by, at, until },
    },
  ];
}

/** `accepted` is a promise: only the station's own report ends a session (OCPP-1.6-TX-15). */
export function recordStopAnswer(
  { sessionId, commandId, outcome, at }: Only<'RecordStopAnswer'>,
  session: ChargingSession,
): ChargingEvent[] {
  const stop = 'stop' in session ? session.stop : undefined;
  if (stop?.commandId === commandId && stop.answered) return [];
  return [{ type: 'StopAnswered', data: { sessionId, commandId, outcome, at } }];
}
