import { type Instant, type SessionId, type StationId, type Transaction } from '@voltledger/kernel';

export interface OpenSession {
  readonly sessionId: SessionId;
  readonly stationId: StationId;
  readonly stationEvse?: number;
  /** Absent: its start was not reported yet. */
  readonly startedAt?: Instant;
  readonly numbered: boolean;
  readonly waitingSince?: Instant;
  /** When to look whether it was heard of lately. */
  readonly checkAt: Instant;
}

export async function keepOpen(tx: Transaction, session: OpenSession): Promise<void> {
  const { sessionId, stationId, stationEvse, startedAt, numbered, waitingSince } = session;
  await tx.query(
    `insert into session.open_sessions as known
       (session_id, station_id, station_evse, started_at, numbered, waiting_since, check_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (session_id) do update
       set station_evse = coalesce(excluded.station_evse, known.station_evse),
           started_at = excluded.started_at, numbered = excluded.numbered,
           waiting_since = excluded.waiting_since`,
    [
      ...[sessionId, stationId, stationEvse ?? null, startedAt ?? null, numbered],
      ...[waitingSince ?? null, session.checkAt],
    ],
  );
}

export async function closeOpen(tx: Transaction, sessionId: SessionId): Promise<void> {
  await tx.query(`delete from session.open_sessions where session_id = $1`, [sessionId]);
}

/** Of two sessions on one EVSE the older has lost its end (domain.md 1.6, OCPP-1.6-TX-05). */
export async function markSuperseded(
  tx: Transaction,
  { stationId, stationEvse }: OpenSession,
  now: Instant,
): Promise<void> {
  if (stationEvse === undefined) return;
  await tx.query(
    `update session.open_sessions as older set superseded_at = $3
     where station_id = $1 and station_evse = $2 and superseded_at is null
       and exists (select 1 from session.open_sessions as newer
                   where newer.station_id = $1 and newer.station_evse = $2
                     and newer.started_at > older.started_at)`,
    [stationId, stationEvse, now],
  );
}

/** The station says that nobody is there (any more), or that somebody is. */
export async function markAvailability(
  tx: Transaction,
  place: { readonly stationId: StationId; readonly stationEvse: number },
  available: boolean,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update session.open_sessions
     set available_since = case when $3 then coalesce(available_since, $4::timestamptz) end
     where station_id = $1 and station_evse = $2 and started_at <= $4::timestamptz`,
    [place.stationId, place.stationEvse, available, at],
  );
}

/** The session that runs there: of several, the one that began last. */
export async function openAt(
  tx: Transaction,
  stationId: StationId,
  stationEvse: number,
): Promise<SessionId | undefined> {
  const [row] = await tx.query<{ session_id: SessionId }>(
    `select session_id from session.open_sessions
     where station_id = $1 and station_evse = $2 and started_at is not null
     order by started_at desc limit 1`,
    [stationId, stationEvse],
  );
  return row?.session_id;
}

/** Moments; what lies before them is due. */
export interface Limits {
  readonly reportWait: Instant;
  readonly startWait: Instant;
  readonly nextStart: Instant;
  readonly nextStartNumbered: Instant;
  readonly available: Instant;
  readonly now: Instant;
}

export interface DueSession {
  readonly sessionId: SessionId;
  readonly due: 'gap' | 'next start' | 'connector available' | 'age';
  readonly started: boolean;
}

/** Sessions somebody has to look after; locked, so that one worker takes each. */
export async function dueSessions(
  tx: Transaction,
  limits: Limits,
  limit: number,
): Promise<DueSession[]> {
  const { reportWait, startWait, nextStart, nextStartNumbered, available, now } = limits;
  const rows = await tx.query<{ session_id: SessionId; due: DueSession['due']; started: boolean }>(
    `select session_id, started_at is not null as started,
       case when waiting_since <= case when started_at is null then $2 else $1 end::timestamptz
              and (waiting_since <= $2::timestamptz or coalesce(reports_expected_until, $6) <= $6)
              then 'gap'
            when superseded_at <= case when numbered then $4 else $3 end::timestamptz
              then 'next start'
            when available_since <= $5 then 'connector available'
            else 'age' end as due
     from session.open_sessions
     where (waiting_since <= case when started_at is null then $2 else $1 end::timestamptz
            and (waiting_since <= $2::timestamptz or coalesce(reports_expected_until, $6) <= $6))
        or superseded_at <= case when numbered then $4 else $3 end::timestamptz
        or available_since <= $5
        or check_at <= $6
     order by check_at limit $7 for update skip locked`,
    [reportWait, startWait, nextStart, nextStartNumbered, available, now, limit],
  );
  return rows.map(({ session_id, ...row }) => ({ sessionId: session_id, ...row }));
}

/** A session that waits for reports its station may still have. */
export interface SilentSession {
  readonly sessionId: SessionId;
  readonly stationId: StationId;
}

/**
 * Sessions with missing reports whose station is to be asked now; it is asked again `askAgainAt`.
 * Only stations that number their reports know what is missing.
 */
export async function sessionsToAskAbout(
  tx: Transaction,
  {
    waitingSince,
    now,
    askAgainAt,
  }: Readonly<Record<'waitingSince' | 'now' | 'askAgainAt', Instant>>,
  limit: number,
): Promise<SilentSession[]> {
  const rows = await tx.query<{ session_id: SessionId; station_id: StationId }>(
    `update session.open_sessions set ask_again_at = $3
     where session_id in (
       select session_id from session.open_sessions
       where waiting_since <= $1 and numbered and coalesce(ask_again_at, $2) <= $2
       order by waiting_since limit $4 for update skip locked)
     returning session_id, station_id`,
    [waitingSince, now, askAgainAt, limit],
  );
  return rows.map(({ session_id, station_id }) => ({
    sessionId: session_id,
    stationId: station_id,
  }));
}

/** The station has reports of it: the gap is not closed before. */
export async function expectReports(
  tx: Transaction,
  sessionId: SessionId,
  until: Instant,
): Promise<void> {
  await tx.query(
    `update session.open_sessions set reports_expected_until = $2 where session_id = $1`,
    [sessionId, until],
  );
}

/** When the station is to be asked to end a session nobody vouches for; undefined: not (again). */
export async function stopLater(
  tx: Transaction,
  sessionId: SessionId,
  at: Instant | undefined,
  tries: number,
): Promise<void> {
  await tx.query(
    `update session.open_sessions set stop_at = $2, stop_tries = $3 where session_id = $1`,
    [sessionId, at ?? null, tries],
  );
}

export interface UnwantedSession {
  readonly sessionId: SessionId;
  readonly tries: number;
}

/** Sessions to be ended by us; locked, so that one worker takes each. */
export async function unwantedSessions(
  tx: Transaction,
  now: Instant,
  limit: number,
): Promise<UnwantedSession[]> {
  const rows = await tx.query<{ session_id: SessionId; stop_tries: number }>(
    `select session_id, stop_tries from session.open_sessions
     where stop_at <= $1 and started_at is not null
     order by stop_at limit $2 for update skip locked`,
    [now, limit],
  );
  return rows.map((row) => ({ sessionId: row.session_id, tries: row.stop_tries }));
}

export async function checkAgain(
  tx: Transaction,
  sessionId: SessionId,
  checkAt: Instant,
): Promise<void> {
  await tx.query(
    `update session.open_sessions
     set check_at = $2, available_since = null, superseded_at = null
     where session_id = $1`,
    [sessionId, checkAt],
  );
}
