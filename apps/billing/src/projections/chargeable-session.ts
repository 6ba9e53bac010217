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
}

type KnownRerating = Omit<DataOf<TariffEvent, 'SessionRerated'>, 'at' | 'sessionId'>;

type DataOf<Event extends { type: string; data: unknown }, Type extends Event['type']> = Extract<
  Event,
  { type: Type }
>['data'];

/** The events of a session that a CDR depends on. */
const BILLED = [
  'SessionStarted',
  'SessionPlaced',
  'SessionAuthorized',
  'TariffAttached',
  'SignedDataReceived',
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

function changed(
  session: ChargeableSession,
  event: BilledSessionEvent,
  revision: Revision,
): ChargeableSession {
  switch (event.type) {
    case 'SessionStarted':
      return started(session, event.data);
    case 'SessionPlaced':
      return { ...session, place: event.data.place };
    case 'SessionAuthorized':
      return { ...session, authorization: event.data.authorization };
    case 'TariffAttached':
      return withTariff(session, event.data);
    case 'SignedDataReceived':
      return { ...session, signedData: [...session.signedData, signedRecord(event.data)] };
    case 'MeterAnomalyFound':
      return { ...session, doubts: [...session.doubts, doubt(event.data)] };
    case 'SessionEnded':
    case 'SessionClosedByEstimate':
      return { ...session, end: endOf(event.data, revision) };
  }
}

export type PricingEvent = Extract<
  TariffEvent,
  { type: 'SessionRated' | 'SessionRerated' | 'TariffSelected' }
>;

export const isPricing = (event: TariffEvent): event is PricingEvent =>
  ['SessionRated', 'SessionRerated', 'TariffSelected'].includes(event.type);

/** What the tariff service says: the price list of the session, and what its end costs. */
export function afterTariffEvent(
  session: ChargeableSession,
  event: PricingEvent,
  messageId: string,
): ChargeableSession {
  if (event.type === 'TariffSelected') return withTariff(session, event.data);
  if (event.type === 'SessionRerated') return withRerating(session, event.data);
  const { throughRevision, rating } = event.data;
  const { throughRevision: known, heard } = session.rated ?? { throughRevision: 0, heard: [] };
  if (throughRevision < known || heard.includes(messageId)) return session;
  return {
    ...session,
    rated: { throughRevision, heard: [...heard, messageId], ...(rating && { rating }) },
  };
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

const withTariff = (
  session: ChargeableSession,
  { tariff, contentHash }: DataOf<TariffEvent, 'TariffSelected'>,
): ChargeableSession =>
  session.tariffs.some((known) => known.contentHash === contentHash)
    ? session
    : { ...session, tariffs: [...session.tariffs, { tariff, contentHash }] };

function withRerating(
  session: ChargeableSession,
  { sessionId: _known, at: _then, ...rerating }: DataOf<TariffEvent, 'SessionRerated'>,
): ChargeableSession {
  const { reratings = [] } = session;
  return reratings.some(({ reratingId }) => reratingId === rerating.reratingId)
    ? session
    : { ...session, reratings: [...reratings, rerating] };
}

const signedRecord = ({ measuredAt, signed }: DataOf<SessionEvent, 'SignedDataReceived'>) => ({
  ...{ measuredAt, signed },
});

const doubt = ({ kind, measuredAt, detail }: DataOf<SessionEvent, 'MeterAnomalyFound'>) => ({
  ...{ kind, measuredAt, detail },
});

const endOf = (
  {
    endedAt,
    meterStop,
    delivered,
  }: DataOf<SessionEvent, 'SessionEnded' | 'SessionClosedByEstimate'>,
  revision: Revision,
): ChargeableSession['end'] => ({
  ...{ endedAt, delivered, revision, ...(meterStop !== undefined && { meterStop }) },
});

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
    ...{ tariffs: session.tariffs, doubts: session.doubts, signedData: [...session.signedData] },
  };
}

/** Over, and nobody has said yet what its end costs. */
export const awaitsRating = ({ end, rated }: ChargeableSession): boolean =>
  end !== undefined && rated?.throughRevision !== end.revision;
