import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { type SessionRow } from './session-change';

/** What is stored: what no event has told yet is null. */
export type StoredSession = {
  readonly [Column in keyof SessionRow]: SessionRow[Column] | null;
} & {
  readonly session_id: SessionId;
  readonly status: SessionRow['status'];
  readonly energy_mwh: SessionRow['energy_mwh'];
  readonly doubts: readonly string[];
  readonly revision: number;
  readonly changed_at: Instant;
};

export interface SessionFilter {
  readonly status?: string;
  readonly stationId?: string;
  readonly tokenUid?: string;
  /** The last of the page before. */
  readonly after?: { readonly startedAt: Instant; readonly sessionId: SessionId };
}

/** Sessions that have started, the latest first. */
export const listSessions = (
  tx: Transaction,
  { status, stationId, tokenUid, after }: SessionFilter,
  limit: number,
): Promise<StoredSession[]> =>
  tx.query<StoredSession>(
    `select * from session.sessions
     where started_at is not null
       and ($1::text is null or status = $1)
       and ($2::text is null or station_id = $2)
       and ($3::text is null or lower(token_uid) = lower($3))
       and ($4::timestamptz is null or (started_at, session_id) < ($4, $5::uuid))
     order by started_at desc, session_id desc limit $6`,
    [
      ...[status ?? null, stationId ?? null, tokenUid ?? null],
      ...[after?.startedAt ?? null, after?.sessionId ?? null, limit],
    ],
  );

export async function sessionById(
  tx: Transaction,
  sessionId: SessionId,
): Promise<StoredSession | undefined> {
  const [row] = await tx.query<StoredSession>(
    `select * from session.sessions where session_id = $1`,
    [sessionId],
  );
  return row;
}
