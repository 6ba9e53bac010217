import { type Reading } from '@voltledger/contracts';
import { type Instant, later } from '@voltledger/kernel';
import { type DoubtedReading, counted, doubted, startedAtRegister } from './meter';
import { type ChargingEvent } from './session-event';
import {
  type ChargingSession,
  type SessionEnd,
  type StartedSession,
  hasStarted,
} from './session-state';
import { type StationReport } from './session-command';
import { weigh } from './weigh-reading';

/** What an event makes of a session. Never refuses: it happened. */
export function evolve(session: ChargingSession, event: ChargingEvent): ChargingSession {
  if (event.type === 'SessionStarted') return started(session, event.data);
  return hasStarted(session) ? goneOn(session, event) : announced(session, event);
}

type DataOf<Type extends ChargingEvent['type']> = Extract<ChargingEvent, { type: Type }>['data'];

function announced(session: ChargingSession, event: ChargingEvent): ChargingSession {
  const before = { aside: [], ...session, status: 'announced' as const };
  if (event.type === 'SessionAuthorized')
    return { ...before, authorization: event.data.authorization };
  if (event.type === 'ReportSetAside')
    return { ...before, aside: [...before.aside, asideOf(event.data)] };
  return session;
}

function started(before: ChargingSession, data: DataOf<'SessionStarted'>): StartedSession {
  const { sessionId, stationId, transactionId, place, authorization, startedAt } = data;
  return {
    status: 'active',
    sessionId,
    stationId,
    transactionId,
    ...(place && { place }),
    ...(authorization && { authorization }),
    startedAt,
    clockRight: !data.offline && startedAt === data.reportedAt,
    clockDoubted: false,
    ...(data.meterStart !== undefined && {
      meter: startedAtRegister({ measuredAt: startedAt, register: data.meterStart }),
    }),
    heardAt: startedAt,
    aside: before.status === 'announced' ? before.aside : [],
  };
}

/** What each event makes of a session that has started; every type is listed. */
const STEPS: {
  readonly [Type in ChargingEvent['type']]: (
    session: StartedSession,
    data: DataOf<Type>,
  ) => StartedSession;
} = {
  SessionStarted: (session) => session,
  SessionPlaced: (session, { place }) => ({ ...session, place }),
  SessionAuthorized: (session, { authorization }) => ({ ...session, authorization }),
  TariffAttached: (session, { tariff }) => ({ ...session, currency: tariff.currency }),
  MeterValueRecorded: recorded,
  MeterAnomalyFound: withAnomaly,
  SignedDataReceived: (session) => session,
  SignedDataVerified: examined,
  SignedDataRejected: examined,
  ChargingStateChanged: (session, { state, at }) =>
    heard({ ...session, charging: { state, at } }, at),
  CostUpdated: (session, { at }) => ({ ...session, pricedAt: at }),
  StopRequested: (session, { commandId }) => ({ ...session, stop: { commandId, answered: false } }),
  StopAnswered: (session, { commandId }) => ({ ...session, stop: { commandId, answered: true } }),
  ReportSetAside: (session, data) => ({ ...session, aside: [...session.aside, asideOf(data)] }),
  ReportTaken: taken,
  LateDataReceived: (session, { verdict, readings }) =>
    verdict === 'used' ? completed(session, readings) : session,
  SessionEnded: (session, data) => ({ ...session, status: 'ended', end: endOf(data, data.reason) }),
  SessionClosedByEstimate: (session, data) => ({
    ...session,
    status: 'estimated',
    end: endOf(data),
  }),
};

function goneOn(session: StartedSession, { type, data }: ChargingEvent): StartedSession {
  const step = STEPS[type] as (session: StartedSession, data: object) => StartedSession;
  return step(session, data);
}

function recorded(session: StartedSession, taken: DataOf<'MeterValueRecorded'>): StartedSession {
  const clockRight = session.clockRight || (!taken.offline && taken.reportedAt === undefined);
  return heard({ ...session, clockRight, meter: counted(session.meter, taken) }, taken.measuredAt);
}

function withAnomaly(
  session: StartedSession,
  { kind, measuredAt, register, expected }: DataOf<'MeterAnomalyFound'>,
): StartedSession {
  if (kind === 'clock') return { ...session, clockDoubted: true };
  const known = register !== undefined && expected !== undefined && isDoubt(kind);
  if (!known || !session.meter) return session;
  return { ...session, meter: doubted(session.meter, { kind, measuredAt, register, expected }) };
}

const isDoubt = (kind: string): kind is DoubtedReading['kind'] =>
  kind === 'rollback' || kind === 'jump' || kind === 'replaced';

/** Late readings tell only themselves; what they deliver is weighed again. */
function completed(session: StartedSession, readings: readonly Reading[]): StartedSession {
  let { meter } = session;
  for (const reading of readings) {
    const weighed = weigh(meter, reading, session.place?.connector?.maxPower);
    if (weighed.verdict === 'plausible')
      meter = counted(meter, { ...reading, ...weighed.at, delivered: weighed.delivered });
  }
  return meter ? { ...session, meter } : session;
}

const SIGNED_FIRST = 8;
const SIGNED_LATEST = 24;

/** The first records and the latest: begin and end are held against each other. */
function examined(
  session: StartedSession,
  { recordHash, verdict, codes, content }: DataOf<'SignedDataVerified' | 'SignedDataRejected'>,
): StartedSession {
  const record = { recordHash, verdict, codes, ...(content && { content }) };
  const known = session.signed ?? [];
  if (known.some((each) => each.recordHash === recordHash))
    return {
      ...session,
      signed: known.map((each) => (each.recordHash === recordHash ? record : each)),
    };
  const rest = [...known.slice(SIGNED_FIRST), record].slice(-SIGNED_LATEST);
  const signed =
    known.length < SIGNED_FIRST ? [...known, record] : [...known.slice(0, SIGNED_FIRST), ...rest];
  return { ...session, signed };
}

const heard = (session: StartedSession, at: Instant): StartedSession => ({
  ...session,
  heardAt: later(session.heardAt, at),
});

function taken(session: StartedSession, data: DataOf<'ReportTaken'>): StartedSession {
  const { seqNo, fingerprint } = data;
  return {
    ...session,
    ...(seqNo !== undefined && { expected: Math.max(seqNo + 1, session.expected ?? 0) }),
    aside: session.aside.filter(({ report }) => report.fingerprint !== fingerprint),
  };
}

const endOf = (
  { endedAt, meterStop, delivered }: DataOf<'SessionEnded' | 'SessionClosedByEstimate'>,
  reason?: string,
): SessionEnd => ({
  ...(reason !== undefined && { reason }),
  endedAt,
  ...(meterStop !== undefined && { meterStop }),
  delivered,
});

/** What we set aside comes back as we wrote it. */
const asideOf = ({ report }: DataOf<'ReportSetAside'>): StationReport =>
  report as unknown as StationReport;
