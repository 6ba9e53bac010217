import { endSession } from './end-session';
import { inTurn, untilNothing } from './in-turn';
import { gapBefore } from './gap';
import { lateReport } from './late-report';
import { contentOf, clockOf, once } from './report-content';
import { cameBefore, inOrder, isDue } from './report-order';
import { type Only, type StationReport } from './session-command';
import { type ChargingEvent } from './session-event';
import {
  type ActiveSession,
  type ChargingSession,
  SET_ASIDE_MAX,
  type StartedSession,
  hasStarted,
  isClosed,
} from './session-state';
import { sessionStarted } from './start-session';

/** A station's report is never refused: it is taken, set aside until its turn, or kept as late. */
export function takeReport(
  { type: _type, sessionId: _session, ...report }: Only<'TakeReport'>,
  session: ChargingSession,
): ChargingEvent[] {
  if (isClosed(session)) return takeInPlace(session, report);
  if (session.status === 'active')
    return isDue(report, session.expected)
      ? inTurn(
          session,
          once((now) => takeInPlace(now, report)),
          takeWhatIsDue,
        )
      : setAside(session, report);
  if (report.kind !== 'started') return setAside(session, report);
  return inTurn(
    session,
    () => [sessionStarted(session, report)],
    once((now) => takeInPlace(now, report)),
    takeWhatIsDue,
  );
}

/** The gap will not close any more: what waits is taken, and what is missing is said. */
export function closeGap(
  { arrivedBefore }: Pick<Only<'CloseGap'>, 'arrivedBefore'>,
  session: ChargingSession,
): ChargingEvent[] {
  if (session.status === 'none') return [];
  const waiting = inOrder(session.aside);
  const overdue = waiting.filter(cameBefore(arrivedBefore));
  const [first] = waiting;
  if (!first || overdue.length === 0) return [];
  const through = Math.max(...overdue.map(({ report }) => report.seqNo ?? -1));
  const taken = waiting.filter(({ report }) => (report.seqNo ?? -1) <= through);
  return inTurn(
    session,
    (now) => (hasStarted(now) ? [] : [sessionStarted(now, first)]),
    once((now) => (isClosed(now) ? [] : [gapBefore(now, first)])),
    ...taken.map((report) => once((now) => takeInPlace(now, report))),
    takeWhatIsDue,
  );
}

/** On a session that never ended: nothing that waits is left behind. */
export const takeAllAside = (session: ActiveSession): ChargingEvent[] => {
  const latest = inOrder(session.aside).at(-1);
  if (!latest) return [];
  const arrivedBefore = session.aside.reduce(
    (last, { report }) => (report.arrivedAt > last ? report.arrivedAt : last),
    latest.report.arrivedAt,
  );
  return closeGap({ arrivedBefore }, session);
};

function setAside(session: ChargingSession, report: StationReport): ChargingEvent[] {
  const aside = session.status === 'none' ? [] : session.aside;
  const { sessionId, seqNo, fingerprint, arrivedAt } = report.report;
  if (aside.some((other) => other.report.fingerprint === fingerprint)) return [];
  const kept: ChargingEvent = {
    type: 'ReportSetAside',
    data: { sessionId, ...(seqNo !== undefined && { seqNo }), fingerprint, report: { ...report } },
  };
  if (aside.length < SET_ASIDE_MAX) return [kept];
  return inTurn(
    session,
    () => [kept],
    (now) => closeGap({ arrivedBefore: arrivedAt }, now),
  );
}

const takeWhatIsDue = (session: ChargingSession): ChargingEvent[] =>
  untilNothing(session, once(takeNextDue));

function takeNextDue(session: StartedSession): ChargingEvent[] {
  const next = inOrder(session.aside).find((report) => isDue(report, session.expected));
  return next ? takeInPlace(session, next) : [];
}

function takeInPlace(session: StartedSession, report: StationReport): ChargingEvent[] {
  const content = isClosed(session) && !trueEnd(session, report) ? lateReport : timelyReport;
  return inTurn(
    session,
    once((now) => content(now, report)),
    once((now) => ticked(now, report)),
  );
}

const trueEnd = ({ status }: StartedSession, { kind }: StationReport): boolean =>
  status === 'estimated' && kind === 'ended';

/** A second start of the same transaction is news like any other (OCPP-2.0.1-TX-12). */
const timelyReport = (session: StartedSession, report: StationReport): ChargingEvent[] =>
  report.kind === 'ended'
    ? endSession(session, report)
    : inTurn(session, ...contentOf(report, clockOf(report.report, session)));

/** Notes the number, where it moves the count or the report had been set aside. */
function ticked(session: StartedSession, { report }: StationReport): ChargingEvent[] {
  const { sessionId, seqNo, fingerprint } = report;
  const counts = seqNo !== undefined && seqNo >= (session.expected ?? 0);
  const waited = session.aside.some((other) => other.report.fingerprint === fingerprint);
  if (!(counts && session.status === 'active') && !waited) return [];
  return [
    {
      type: 'ReportTaken',
      data: { sessionId, ...(seqNo !== undefined && { seqNo }), fingerprint },
    },
  ];
}
