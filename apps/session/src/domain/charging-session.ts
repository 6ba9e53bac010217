import { sessionEvents } from '@voltledger/contracts';
import { type Decider } from '@voltledger/kernel';
import { closeByEstimate } from './close-by-estimate';
import { recordStopAnswer, requestStop } from './control-session';
import { evolve } from './evolve-session';
import { attachTariff, recordCost } from './price-session';
import { authorized, chargingStateAt } from './report-content';
import { type Only, type SessionCommand } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ChargingSession, hasStarted, noSession } from './session-state';
import { takeVerdicts } from './signed-records';
import { closeGap, takeReport } from './take-report';

/**
 * One charging session, from its start to a proven end. What a station reports is never refused:
 * it is taken, set aside, doubted or kept as late. What a person wants may be refused.
 */
export const chargingSession: Decider<ChargingSession, SessionCommand, ChargingEvent> = {
  category: 'session',
  schemaVersion: sessionEvents.schemaVersion,
  stateVersion: 1,
  initial: noSession,
  decide,
  evolve,
  upcast: sessionEvents.upcast,
};

const DECISIONS: {
  readonly [Type in SessionCommand['type']]: (
    command: Only<Type>,
    session: ChargingSession,
  ) => ChargingEvent[];
} = {
  TakeReport: takeReport,
  TakeVerdicts: takeVerdicts,
  CloseGap: closeGap,
  CloseByEstimate: closeByEstimate,
  AuthorizeSession: authorize,
  ChangeChargingState: ({ state, at }, session) =>
    session.status === 'active' ? chargingStateAt(session, state, at) : [],
  AttachTariff: attachTariff,
  RecordCost: recordCost,
  RequestStop: requestStop,
  RecordStopAnswer: recordStopAnswer,
};

function decide(command: SessionCommand, session: ChargingSession): ChargingEvent[] {
  const decision = DECISIONS[command.type] as (
    command: SessionCommand,
    session: ChargingSession,
  ) => ChargingEvent[];
  return decision(command, session);
}

/** May come before the start, when the issuer answers faster than the station reports. */
function authorize(
  { sessionId, authorization }: Only<'AuthorizeSession'>,
  session: ChargingSession,
): ChargingEvent[] {
  if (hasStarted(session)) return authorized(session, authorization);
  if (session.status === 'announced' && session.authorization) return [];
  return [{ type: 'SessionAuthorized', data: { sessionId, authorization } }];
}
