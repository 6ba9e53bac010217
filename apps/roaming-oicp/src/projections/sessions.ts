import { Inject, Injectable } from '@nestjs/common';
import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { sessionIdKey } from '@voltledger/oicp';
import { DATABASE, type Database, type Kept, keptValues } from '@voltledger/platform';
import { type Told } from './due-notifications';
import { type FollowedSession, type RoamingSession } from './roaming-session';

export interface SessionRow extends Kept<FollowedSession> {
  readonly told: Told;
  readonly notificationsOff: string | null;
}

interface Columns {
  readonly state: FollowedSession;
  readonly through: SessionRow['through'];
  readonly rebuild: SessionRow['rebuild'] | null;
  readonly told: Told;
  readonly notificationsOff: string | null;
}

/** A session as a remote request, or a delivery, needs it. */
export interface FoundSession {
  readonly sessionId: SessionId;
  readonly state: RoamingSession;
  readonly isOver: boolean;
  readonly notificationsOff: string | null;
  readonly progressSentAt: Instant | null;
}

const FOUND = `session_id as "sessionId", state, ended_at is not null as "isOver",
  notifications_off as "notificationsOff", progress_sent_at as "progressSentAt"`;

/** The table `sessions`. */
@Injectable()
export class Sessions {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async row(sessionId: SessionId, tx: Transaction): Promise<SessionRow | undefined> {
    const [row] = await tx.query<Columns>(
      `select state, through, rebuild, told, notifications_off as "notificationsOff"
       from roaming_oicp.sessions where session_id = $1 for update`,
      [sessionId],
    );
    return row && { ...row, rebuild: row.rebuild ?? undefined };
  }

  async save(kept: Kept<FollowedSession>, told: Told, tx: Transaction): Promise<void> {
    const { state } = kept;
    await tx.query(
      `insert into roaming_oicp.sessions
         (session_id, oicp_session_key, told, started_at, ended_at, state, through, rebuild)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (session_id) do update set oicp_session_key = excluded.oicp_session_key,
         told = excluded.told, ended_at = excluded.ended_at, state = excluded.state,
         through = excluded.through, rebuild = excluded.rebuild`,
      [
        state.sessionId,
        state.payer ? sessionIdKey(state.payer.oicpSessionId) : null,
        JSON.stringify(told),
        state.startedAt,
        state.payer ? (state.endedAt ?? null) : null,
        ...keptValues(kept),
      ],
    );
  }

  /** Somebody else's after all. */
  async forget(sessionId: SessionId, tx: Transaction): Promise<void> {
    await tx.query('delete from roaming_oicp.sessions where session_id = $1', [sessionId]);
  }

  /** By Hubject's session id, whoever started it (OICP-RMT-11). */
  async byOicpSession(oicpSessionId: string): Promise<FoundSession | undefined> {
    const [row] = await this.database.query<FoundSession>(
      `select ${FOUND} from roaming_oicp.sessions where oicp_session_key = $1
       order by started_at desc limit 1`,
      [sessionIdKey(oicpSessionId)],
    );
    return row;
  }

  async find(sessionId: SessionId): Promise<FoundSession | undefined> {
    const [row] = await this.database.query<FoundSession>(
      `select ${FOUND} from roaming_oicp.sessions
       where session_id = $1 and oicp_session_key is not null`,
      [sessionId],
    );
    return row;
  }

  /** Sessions that are charging at an EVSE now. */
  async openAt(evseUid: string, tx: Transaction): Promise<RoamingSession[]> {
    const rows = await tx.query<{ state: RoamingSession }>(
      `select state from roaming_oicp.sessions
       where oicp_session_key is not null and ended_at is null
         and state->'place'->'evse'->>'evseUid' = $1`,
      [evseUid],
    );
    return rows.map(({ state }) => state);
  }

  /** Sessions nobody ever vouched for: they belong to no partner of Hubject's. */
  async forgetUnclaimed(before: Instant): Promise<void> {
    await this.database.query(
      `delete from roaming_oicp.sessions where oicp_session_key is null and started_at < $1`,
      [before],
    );
  }

  async turnNotificationsOff(sessionId: SessionId, why: string): Promise<void> {
    await this.database.query(
      'update roaming_oicp.sessions set notifications_off = $2 where session_id = $1',
      [sessionId, why],
    );
  }

  async progressSent(sessionId: SessionId, at: Instant): Promise<void> {
    await this.database.query(
      'update roaming_oicp.sessions set progress_sent_at = $2 where session_id = $1',
      [sessionId, at],
    );
  }
}
