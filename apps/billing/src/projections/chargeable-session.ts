import {
  type Anomaly,
  type Authorization,
  type Cdr,
  type ChargingPlace,
  type Rating,
  type Refusal,
  type SessionEvent,
  type Tariff,
  type TariffEvent,
} from '@voltledger/contracts';
import {
  type Instant,
  type MilliWattHours,
  type Revision,
  type SessionId,
} from '@voltledger/kernel';

/**
 * What session and tariff say about one session. The two topics arrive in any order relative to
 * each other, each in its own order, and anything may arrive twice: the row is the same in the end.
 */
export interface ChargeableSession {
  readonly sessionId: SessionId;
  /** Up to which event of its stream the session is known. */
  readonly revision: Revision;
  readonly start?: {
    readonly startedAt: Instant;
    readonly meterStart?: MilliWattHours;
    readonly refusal?: Refusal;
  };
  readonly place?: ChargingPlace;
  readonly authorization?: Authorization;
  readonly end?: {
    readonly endedAt: Instant;
    readonly meterStop?: MilliWattHours;
    readonly delivered: MilliWattHours;
    readonly revision: Revision;
  };
  readonly tariffs: readonly { readonly tariff: Tariff; readonly contentHash: string }[];
  readonly rated?: {
    readonly throughRevision: Revision;
    readonly rating?: Rating;
    /** Messages this came from: one that is heard again, in a replay, is no news. */
    readonly heard: readonly string[];
  };
  /** Corrected prices that two people stand behind, in the order they came. */
  readonly reratings?: readonly KnownRerating[];
  readonly doubts: readonly {
    readonly kind: Anomaly;
    readonly measuredAt: Instant;
    readonly detail: string;
  }[];
  readonly signedData: Cdr['signedData'];
  /** What the proof of each record came to last. */
  readonly verdicts?: readonly KnownVerdict[];
}

type KnownVerdict = Omit<
  DataOf<SessionEvent, 'SignedDataRejected' | 'SignedDataVerified'>,
  'sessionId'
>;
type KnownRerating = Omit<DataOf<TariffEvent, 'SessionRerated'>, 'at' | 'sessionId'>;

export type DataOf<
  Event extends { type: string; data: unknown },
  Type extends Event['type'],
> = Extract<Event, { type: Type }>['data'];

/** The events of a session that a CDR depends on. */
const BILLED = [
  'SessionStarted',
  'SessionPlaced',
  'SessionAuthorized',
  'TariffAttached',
  'SignedDataReceived',
  'SignedDataVerified',
  'SignedDataRejected',
  'MeterAnomalyFound',
  'SessionEnded',
  'SessionClosedByEstimate',
] as const;
type BilledType = (typeof BILLED)[number];
export type BilledSessionEvent = Extract<SessionEvent, { type: BilledType }>;

export const isBilled = (event: SessionEvent): event is BilledSessionEvent =>
  (BILLED as readonly string[]).includes(event.type);

export const unknownSession = (sessionId: SessionId): ChargeableSession => ({
  ...{ sessionId, revision: 0, tariffs: [], doubts: [], signedData: [] },
});

/** `revision` is that of the event in the session's stream; what was seen before changes nothing. */
export function afterSessionEvent(
  session: ChargeableSession,
  event: BilledSessionEvent,
  revision: Revision,
): ChargeableSession {
  if (revision <= session.revision) return session;
  return { ...changed(session, event, revision), revision };
}

type Step<Type extends BilledType> = (
  session: ChargeableSession,
  data: DataOf<SessionEvent, Type>,
  revision: Revision,
) => ChargeableSession;

/** What each event makes of the session; every type is listed. */
const STEPS: { readonly [Type in BilledType]: Step<Type> } = {
  SessionStarted: started,
  SessionPlaced: (session, { place }) => ({ ...session, place }),
  SessionAuthorized: (session, { authorization }) => ({ ...session, authorization }),
  TariffAttached: withTariff,
  SignedDataReceived: (session, { measuredAt, signed }) => ({
    ...session,
    signedData: [...session.signedData, { measuredAt, signed }],
  }),
  SignedDataVerified: withVerdict,
  SignedDataRejected: withVerdict,
  MeterAnomalyFound: (session, { kind, measuredAt, detail }) => ({
    ...session,
    doubts: [...session.doubts, { kind, measuredAt, detail }],
  }),
  SessionEnded: ended,
  SessionClosedByEstimate: ended,
};

function changed(
  session: ChargeableSession,
  { type, data }: BilledSessionEvent,
  revision: Revision,
): ChargeableSession {
  const step = STEPS[type] as (
    session: ChargeableSession,
    data: BilledSessionEvent['data'],
    revision: Revision,
  ) => ChargeableSession;
  return step(session, data, revision);
}

function started(
  session: ChargeableSession,
  data: DataOf<SessionEvent, 'SessionStarted'>,
): ChargeableSession {
  const { startedAt, meterStart, refusal, place, authorization } = data;
  return {
    ...session,
    start: {
      startedAt,
      ...(meterStart !== undefined && { meterStart }),
      ...(refusal && { refusal }),
    },
    ...(place && { place }),
    ...(authorization && { authorization }),
  };
}

/** A price list that is fixed for the session; each is kept once. */
export function withTariff(
  session: ChargeableSession,
  { tariff, contentHash }: DataOf<TariffEvent, 'TariffSelected'>,
): ChargeableSession {
  return session.tariffs.some((known) => known.contentHash === contentHash)
    ? session
    : { ...session, tariffs: [...session.tariffs, { tariff, contentHash }] };
}

/** A record that is verified anew, with the right key, has a new verdict. */
function withVerdict(
  session: ChargeableSession,
  { sessionId: _known, ...verdict }: KnownVerdict & { readonly sessionId: SessionId },
): ChargeableSession {
  const others = session.verdicts?.filter(({ recordHash }) => recordHash !== verdict.recordHash);
  return { ...session, verdicts: [...(others ?? []), verdict] };
}

function ended(
  session: ChargeableSession,
  {
    endedAt,
    meterStop,
    delivered,
  }: DataOf<SessionEvent, 'SessionClosedByEstimate' | 'SessionEnded'>,
  revision: Revision,
): ChargeableSession {
  const stop = meterStop === undefined ? {} : { meterStop };
  return { ...session, end: { endedAt, delivered, revision, ...stop } };
}

/** All that a CDR is made of, or held for; undefined until the session is over and that was rated. */
export function endedSession(session: ChargeableSession) {
  const { start, end, rated, sessionId, place, authorization } = session;
  if (!start || !end || rated?.throughRevision !== end.revision) return undefined;
  const { revision: endRevision, ...how } = end;
  return {
    ...{ sessionId, ...start, ...how, endRevision, ratedRevision: rated.throughRevision },
    ...{ ...(place && { place }), ...(authorization && { authorization }) },
    ...(rated.rating && { rating: rated.rating }),
    reratings: session.reratings ?? [],
    verdicts: session.verdicts ?? [],
    ...{ tariffs: session.tariffs, doubts: session.doubts, signedData: [...session.signedData] },
  };
}

/** Over, and nobody has said yet what its end costs. */
export const awaitsRating = ({ end, rated }: ChargeableSession): boolean =>
  end !== undefined && rated?.throughRevision !== end.revision;
