import { type SessionId, type Instant, type StationId, type Transaction } from '@voltledger/kernel';

export interface AuthorizationRequest {
  readonly requestId: string;
  readonly stationId: StationId;
  readonly tokenUid: string;
  /** The session that waits for the answer. */
  readonly sessionId?: SessionId;
  readonly askedAt: Instant;
  /** Set while somebody else is asked. */
  readonly until?: Instant;
}

/**
 * To be committed before the question is put: its answer then always finds the row. A question that
 * is put again, because we crashed before it was, gets a deadline again.
 */
export async function keepRequest(tx: Transaction, request: AuthorizationRequest): Promise<void> {
  const { requestId, stationId, tokenUid, sessionId, askedAt, until } = request;
  await tx.query(
    `insert into session.authorization_requests
       (request_id, station_id, token_uid, session_id, asked_at, until)
     values ($1, $2, lower($3), $4, $5, $6)
     on conflict (request_id) do update set until = excluded.until`,
    [requestId, stationId, tokenUid, sessionId ?? null, askedAt, until ?? null],
  );
}

/** The requests about this token at this station since then, the latest first. */
export async function recentRequests(
  tx: Transaction,
  stationId: StationId,
  tokenUid: string,
  since: Instant,
): Promise<string[]> {
  const rows = await tx.query<{ request_id: string }>(
    `select request_id from session.authorization_requests
     where station_id = $1 and token_uid = lower($2) and asked_at >= $3
     order by asked_at desc limit 3`,
    [stationId, tokenUid, since],
  );
  return rows.map(({ request_id }) => request_id);
}

/** @returns the session that waits for this answer, and the token it is about. */
export async function settleRequest(
  tx: Transaction,
  requestId: string,
): Promise<SessionId | undefined> {
  const [row] = await tx.query<{ session_id: SessionId | null }>(
    `update session.authorization_requests set until = null where request_id = $1
     returning session_id`,
    [requestId],
  );
  return row?.session_id ?? undefined;
}

/** Requests nobody answered in time; locked, so that one worker takes each. */
export async function overdueRequests(
  tx: Transaction,
  now: Instant,
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ request_id: string }>(
    `select request_id from session.authorization_requests
     where until <= $1 order by until limit $2 for update skip locked`,
    [now, limit],
  );
  return rows.map(({ request_id }) => request_id);
}
