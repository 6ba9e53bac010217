import {
  type Authorization,
  type ChargingPlace,
  type Price,
  type Rating,
  type SessionEvent,
  type SessionEventEnvelope,
} from '@voltledger/contracts';
import {
  type Currency,
  type Instant,
  type MilliWattHours,
  type SessionId,
  type StationId,
  later,
  noEnergy,
} from '@voltledger/kernel';
import { type OcpiPayer, type RoamingSession } from '@voltledger/ocpi';

/** A session's final price, and how often its end was corrected before. */
export interface SessionRating extends Rating {
  readonly throughRevision: number;
}

/** A session that belongs, or may still turn out to belong, to a partner's driver. */
export interface TrackedSession {
  readonly owner: 'partner' | 'nobody yet';
  readonly sessionId: SessionId;
  readonly stationId: StationId;
  readonly status: 'ACTIVE' | 'COMPLETED';
  readonly startedAt: Instant;
  readonly endedAt?: Instant | undefined;
  readonly energy: MilliWattHours;
  readonly authorization?: (Authorization & { readonly payer: OcpiPayer }) | undefined;
  readonly place?: ChargingPlace | undefined;
  readonly currency?: Currency | undefined;
  /** What it costs so far. */
  readonly cost?: Price | undefined;
  readonly rating?: SessionRating | undefined;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** Sessions and their prices come on two topics: the price may be here first. */
export interface RatedOnly {
  readonly owner: 'not started';
  readonly rating: SessionRating;
}

/** Somebody else pays: of no interest to any OCPI partner. */
export interface OthersSession {
  readonly owner: 'others';
}

export type PartnerSession = TrackedSession | RatedOnly | OthersSession;

type Data<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>['data'];
type Changes = { readonly [Type in SessionEvent['type']]?: Change<Type> };
type Change<Type extends SessionEvent['type']> = (
  row: TrackedSession,
  data: Data<Type>,
) => PartnerSession;

const ended = (
  row: TrackedSession,
  { endedAt, delivered }: Data<'SessionEnded' | 'SessionClosedByEstimate'>,
): TrackedSession => ({ ...row, status: 'COMPLETED', endedAt, energy: delivered });

/** Events that change what a partner sees; the others are between us and the station. */
const changes: Changes = {
  SessionPlaced: (row, { place }) => ({ ...row, place }),
  SessionAuthorized: (row, { authorization }) => owned(row, authorization),
  TariffAttached: (row, { tariff }) => ({ ...row, currency: tariff.currency }),
  MeterValueRecorded: (row, { delivered }) => ({ ...row, energy: larger(row.energy, delivered) }),
  CostUpdated: (row, { total }) => ({ ...row, cost: total }),
  SessionEnded: ended,
  SessionClosedByEstimate: ended,
};

/** The session as its partner may see it, from the session's own story. */
export function partnerSession(
  row: PartnerSession | undefined,
  { event, recordedAt }: Pick<SessionEventEnvelope, 'event' | 'recordedAt'>,
): PartnerSession | undefined {
  if (event.type === 'SessionStarted') return started(row, event.data, recordedAt);
  const change = changes[event.type] as Change<typeof event.type> | undefined;
  if (!row || !isTracked(row) || !change) return row;
  return change({ ...row, changedAt: later(row.changedAt, recordedAt) }, event.data);
}

/** The final price: it replaces the running one, and brings the charging periods. */
export function ratedSession(
  row: PartnerSession | undefined,
  rating: SessionRating,
  recordedAt: Instant,
): PartnerSession {
  if (!row || row.owner === 'not started')
    return { owner: 'not started', rating: newer(row, rating) };
  if (!isTracked(row)) return row;
  const chosen = newer(row, rating);
  if (chosen === row.rating) return row;
  return { ...row, rating: chosen, changedAt: later(row.changedAt, recordedAt) };
}

const newer = (row: { rating?: SessionRating | undefined } | undefined, rating: SessionRating) =>
  row?.rating && row.rating.throughRevision >= rating.throughRevision ? row.rating : rating;

export const isTracked = (row: PartnerSession): row is TrackedSession =>
  row.owner === 'partner' || row.owner === 'nobody yet';

function started(
  row: PartnerSession | undefined,
  { sessionId, stationId, startedAt, place, authorization }: Data<'SessionStarted'>,
  recordedAt: Instant,
): PartnerSession {
  if (row && row.owner !== 'not started') return row;
  const opened: TrackedSession = {
    owner: 'nobody yet',
    sessionId,
    stationId,
    status: 'ACTIVE',
    startedAt,
    energy: noEnergy,
    place,
    rating: row?.rating,
    createdAt: recordedAt,
    changedAt: recordedAt,
  };
  return authorization ? owned(opened, authorization) : opened;
}

function owned(row: TrackedSession, authorization: Authorization): PartnerSession {
  const { payer } = authorization;
  if (payer.kind !== 'ocpi') return { owner: 'others' };
  return { ...row, owner: 'partner', authorization: { ...authorization, payer } };
}

const larger = (one: MilliWattHours, other: MilliWattHours) => (one > other ? one : other);

/**
 * What the partner is shown. Nothing until everything the standard requires is a fact: place,
 * driver, and the currency, which only the tariff knows.
 */
export function shownSession(row: PartnerSession | undefined): RoamingSession | undefined {
  if (!row || !isTracked(row)) return undefined;
  const { authorization, place, rating, currency = currencyOf(rating) } = row;
  if (!authorization || !place || !currency) return undefined;
  const { sessionId, status, startedAt, endedAt, energy, changedAt } = row;
  return {
    ...{ sessionId, status, startedAt, endedAt, energy, authorization, place, currency },
    ...(rating ? finalPrice(rating) : { cost: row.cost, periods: NO_PERIODS }),
    updatedAt: changedAt,
  };
}

/** One value, so that nothing seems to change as long as there are none. */
const NO_PERIODS: RoamingSession['periods'] = [];

const currencyOf = (rating: SessionRating | undefined) => rating?.costs.total.beforeTaxes.currency;

const finalPrice = ({ costs, periods }: SessionRating) => ({ cost: costs.total, periods });
