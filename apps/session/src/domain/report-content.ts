import {
  type Authorization,
  type ChargingPlace,
  type TransactionReport,
} from '@voltledger/contracts';
import { type Instant, later } from '@voltledger/kernel';
import { type Step, inTurn } from './in-turn';
import { readingEvents, readingsSince } from './readings';
import { type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import { type ChargingSession, type StartedSession, hasStarted } from './session-state';
import { signedData } from './signed-records';
import { type StationClock, stationClock } from './station-clock';

/** A step that only makes sense once the session has started. */
export const once =
  (step: (session: StartedSession) => readonly ChargingEvent[]): Step =>
  (session: ChargingSession) =>
    hasStarted(session) ? step(session) : [];

export const clockOf = (report: TransactionReport, session: ChargingSession): StationClock =>
  stationClock(report, hasStarted(session) && session.clockRight);

/** All that any report may bring, whether it starts a session, goes on with it, or ends it. */
export function contentOf(told: StationReport, clock: StationClock): readonly Step[] {
  const { report, authorization } = told;
  return [
    once((session) => clockDoubt(session, report, clock)),
    once((session) => placed(session, report.place)),
    once((session) => authorized(session, authorization)),
    once((session) => stateEvents(session, report, clock)),
    once((session) => takeReadings(session, report, clock)),
    (session) => signedData(session, told, clock),
  ];
}

/** Place and token, which may be told late (OCPP-2.0.1-TX-04, TX-05); also after the end. */
export const circumstancesOf = ({ report, authorization }: StationReport): readonly Step[] => [
  once((session) => placed(session, report.place)),
  once((session) => authorized(session, authorization)),
];

function takeReadings(
  session: StartedSession,
  report: TransactionReport,
  clock: StationClock,
): ChargingEvent[] {
  const steps = readingsSince(session.startedAt, report, clock).map((reading) =>
    once((now) => readingEvents(now, reading, report.offline)),
  );
  return inTurn(session, ...steps);
}

/** Said once a session: it holds the CDR, whatever else such a clock spoils. */
function clockDoubt(
  { sessionId, clockDoubted }: StartedSession,
  { reportedAt, arrivedAt }: TransactionReport,
  { set }: StationClock,
): ChargingEvent[] {
  if (set || clockDoubted) return [];
  const detail = `The station's clock is not set: it said ${reportedAt}.`;
  return [
    {
      type: 'MeterAnomalyFound',
      data: { sessionId, kind: 'clock', measuredAt: arrivedAt, detail },
    },
  ];
}

/** The first EVSE told stays; its connector may follow (OCPP-2.0.1-TX-05). */
function placed(session: StartedSession, place: ChargingPlace | undefined): ChargingEvent[] {
  if (!place) return [];
  const known = session.place;
  const news = known
    ? known.evse.evseUid === place.evse.evseUid && !known.connector && place.connector
    : true;
  return news ? [{ type: 'SessionPlaced', data: { sessionId: session.sessionId, place } }] : [];
}

/** Whoever vouched first pays. */
export const authorized = (
  { sessionId, authorization: known }: StartedSession,
  authorization: Authorization | undefined,
): ChargingEvent[] =>
  authorization && !known
    ? [{ type: 'SessionAuthorized', data: { sessionId, authorization } }]
    : [];

const stateEvents = (
  session: StartedSession,
  { chargingState, reportedAt }: TransactionReport,
  clock: StationClock,
): ChargingEvent[] =>
  chargingState ? chargingStateAt(session, chargingState, clock.corrected(reportedAt)) : [];

/** Nothing when it is no change, or older than what is known. */
export function chargingStateAt(
  { sessionId, startedAt, charging }: StartedSession,
  state: NonNullable<TransactionReport['chargingState']>,
  reportedAt: Instant,
): ChargingEvent[] {
  const at = later(reportedAt, startedAt);
  if (charging && (charging.state === state || at < charging.at)) return [];
  return [{ type: 'ChargingStateChanged', data: { sessionId, state, at } }];
}
