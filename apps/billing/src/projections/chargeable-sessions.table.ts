import { type Cause, type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { contentHash } from '@voltledger/platform';
import { type ChargeableSession, awaitsRating, endedSession } from './chargeable-session';

/** A session as it is settled: what is known, which version of it, and where that came from. */
export interface SettlementRow {
  readonly session: ChargeableSession;
  readonly version: number;
  readonly cause: Cause;
}

interface Row {
  readonly state: ChargeableSession;
  readonly version: number;
  readonly message_id: string;
  readonly correlation_id: string;
  readonly tenant: Cause['tenant'];
  readonly region: Cause['region'];
}

/** Takes the session's row, made where there is none, and keeps others off it until the commit. */
export async function lockedSession(
  tx: Transaction,
  unknown: ChargeableSession,
  { causationId, correlationId, tenant, region }: Cause,
  at: Instant,
): Promise<ChargeableSession> {
  await tx.query(
    `insert into billing.chargeable_sessions
       (session_id, state, message_id, correlation_id, tenant, region, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [unknown.sessionId, unknown, causationId, correlationId, tenant, region, at],
  );
  const [row] = await tx.query<Pick<Row, 'state'>>(
    'select state from billing.chargeable_sessions where session_id = $1 for update',
    [unknown.sessionId],
  );
  return row?.state ?? unknown;
}

export async function saveSession(
  tx: Transaction,
  session: ChargeableSession,
  { causationId, correlationId }: Cause,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update billing.chargeable_sessions set state = $2, awaits_rating = $3, ended_at = $4,
       due = $5, version = version + 1, message_id = $6, correlation_id = $7, changed_at = $8,
       token_hash = $9, started_at = $10
     where session_id = $1`,
    [
      ...[session.sessionId, session, awaitsRating(session), session.end?.endedAt ?? null],
      ...[endedSession(session) !== undefined, causationId, correlationId, at],
      ...[tokenHash(session), session.start?.startedAt ?? null],
    ],
  );
}

/** The same for the same token, in whatever case it is presented; it is only compared. */
const tokenHash = ({ authorization }: ChargeableSession): string | null =>
  authorization
    ? contentHash([authorization.token.uid.toLowerCase(), authorization.token.issuer])
    : null;

/**
 * Sessions of the same token that overlap with this one by more than `toleranceSeconds`. An overlap
 * is held against the session that ended last: the other has its CDR by then, and keeps it.
 */
export const overlapping = (
  tx: Transaction,
  sessionId: SessionId,
  toleranceSeconds: number,
): Promise<{ readonly sessionId: SessionId; readonly startedAt: Instant }[]> =>
  tx.query(
    `select o.session_id as "sessionId", o.started_at as "startedAt"
     from billing.chargeable_sessions s
       join billing.chargeable_sessions o on o.token_hash = s.token_hash
         and o.ended_at > s.started_at and (o.ended_at, o.session_id) < (s.ended_at, s.session_id)
     where s.session_id = $1
       and o.ended_at - greatest(o.started_at, s.started_at) > make_interval(secs => $2)
     order by o.started_at, o.session_id limit ${OVERLAPS_MAX}`,
    [sessionId, toleranceSeconds],
  );

/** As many as a person needs to see. */
const OVERLAPS_MAX = 3;

export async function sessionToSettle(
  tx: Transaction,
  sessionId: SessionId,
): Promise<SettlementRow | undefined> {
  const [row] = await tx.query<Row>(
    `select state, version, message_id, correlation_id, tenant, region
     from billing.chargeable_sessions where session_id = $1`,
    [sessionId],
  );
  if (!row) return undefined;
  const { state: session, version, tenant, region } = row;
  const causes = { causationId: row.message_id, correlationId: row.correlation_id };
  return { session, version, cause: { ...causes, tenant, region } };
}

/** Nothing is due any more, unless the session changed since `version` was read. */
export async function markSettled(
  tx: Transaction,
  sessionId: SessionId,
  version: number,
): Promise<void> {
  await tx.query(
    `update billing.chargeable_sessions
     set due = due and version <> $2, failures = 0, retry_at = null, last_error = null
     where session_id = $1`,
    [sessionId, version],
  );
}

/** Settling it went wrong: it is tried again later, and delays nobody else. */
export async function markFailed(
  tx: Transaction,
  sessionId: SessionId,
  retryAt: Instant,
  error: string,
): Promise<void> {
  await tx.query(
    `update billing.chargeable_sessions
     set failures = failures + 1, retry_at = $2, last_error = $3 where session_id = $1`,
    [sessionId, retryAt, error],
  );
}

export interface DueSession {
  readonly sessionId: SessionId;
  /** How often settling it went wrong in a row. */
  readonly failures: number;
}

/** The sessions that changed first and are not settled yet. */
export async function dueSessions(
  tx: Transaction,
  now: Instant,
  limit: number,
): Promise<DueSession[]> {
  const rows = await tx.query<{ session_id: SessionId; failures: number }>(
    `select session_id, failures from billing.chargeable_sessions
     where due and (retry_at is null or retry_at <= $1)
     order by changed_at, session_id limit $2`,
    [now, limit],
  );
  return rows.map(({ session_id: sessionId, failures }) => ({ sessionId, failures }));
}
