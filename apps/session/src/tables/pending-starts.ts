import {
  type Authorization,
  type TransactionReport,
  authorizationSchema,
} from '@voltledger/contracts';
import { type Instant, type SessionId, type StationId, type Transaction } from '@voltledger/kernel';

export interface PendingStart {
  readonly startId: string;
  readonly stationId: StationId;
  readonly stationEvse: number;
  readonly authorization: Authorization;
  readonly askedAt: Instant;
  /** Until then its transaction may come. */
  readonly expiresAt: Instant;
}

interface StartRow {
  readonly start_id: string;
  readonly authorization_given: unknown;
}

export type FoundStart = Pick<PendingStart, 'startId' | 'authorization'>;

const found = (row: StartRow): FoundStart => ({
  startId: row.start_id,
  authorization: authorizationSchema.parse(row.authorization_given),
});

/**
 * To be committed before the station is asked, so that its transaction cannot overtake the row.
 *
 * @returns the number the station repeats (2.x remoteStartId); the same for the same start.
 */
export async function reserveStart(tx: Transaction, start: PendingStart): Promise<number> {
  const { startId, stationId, stationEvse, authorization, askedAt, expiresAt } = start;
  const [row] = await tx.query<{ remote_start_id: number }>(
    `insert into session.pending_starts
       (start_id, station_id, station_evse, token_uid, authorization_given, asked_at, expires_at)
     values ($1, $2, $3, lower($4), $5::jsonb, $6, $7)
     on conflict (start_id) do update set closed = session.pending_starts.session_id is not null
     returning remote_start_id`,
    [
      ...[startId, stationId, stationEvse, authorization.token.uid],
      ...[JSON.stringify(authorization), askedAt, expiresAt],
    ],
  );
  if (!row) throw new Error(`start ${startId} was not kept`);
  return row.remote_start_id;
}

/**
 * The start a transaction belongs to: by the number the station repeats (OCPP-2.0.1-TX-15); where
 * it has no such word, by station, EVSE, token and time (OCPP-1.6-TX-14).
 */
export async function startOf(
  tx: Transaction,
  report: TransactionReport,
): Promise<FoundStart | undefined> {
  const { stationId, remoteStartId, token, seqNo, sessionId } = report;
  if (remoteStartId !== undefined) {
    const [row] = await tx.query<StartRow>(
      `select start_id, authorization_given from session.pending_starts
       where station_id = $1 and remote_start_id = $2`,
      [stationId, remoteStartId],
    );
    return row && found(row);
  }
  if (!token || seqNo !== undefined) return undefined;
  const [row] = await tx.query<StartRow>(
    `select start_id, authorization_given from session.pending_starts
     where station_id = $1 and token_uid = lower($2)
       and ($3::integer is null or station_evse = $3)
       and $4 between asked_at and expires_at
       and (session_id is null or session_id = $5)
     order by asked_at desc limit 1`,
    [stationId, token.uid, report.place?.evse.stationEvse ?? null, heardAt(report), sessionId],
  );
  return row && found(row);
}

const heardAt = ({ offline, reportedAt, arrivedAt }: TransactionReport): Instant =>
  offline ? reportedAt : arrivedAt;

export async function startFulfilled(
  tx: Transaction,
  startId: string,
  sessionId: SessionId,
): Promise<void> {
  await tx.query(
    `update session.pending_starts set session_id = $2, closed = true where start_id = $1`,
    [startId, sessionId],
  );
}

export async function isPendingStart(tx: Transaction, startId: string): Promise<boolean> {
  const rows = await tx.query(`select 1 from session.pending_starts where start_id = $1`, [
    startId,
  ]);
  return rows.length > 0;
}

export async function closeStart(tx: Transaction, startId: string): Promise<void> {
  await tx.query(`update session.pending_starts set closed = true where start_id = $1`, [startId]);
}

/** Starts whose transaction never came; locked, so that one worker takes each. */
export async function lapsedStarts(
  tx: Transaction,
  now: Instant,
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ start_id: string }>(
    `select start_id from session.pending_starts
     where not closed and expires_at <= $1
     order by expires_at limit $2 for update skip locked`,
    [now, limit],
  );
  return rows.map(({ start_id }) => start_id);
}
