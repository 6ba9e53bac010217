import { Inject, Injectable } from '@nestjs/common';
import { type Authorization, type SessionEvent } from '@voltledger/contracts';
import { type Instant, type Transaction } from '@voltledger/kernel';
import { sessionIdKey } from '@voltledger/oicp';
import { DATABASE, type Database } from '@voltledger/platform';

export interface NewRemoteStart {
  readonly oicpSessionId: string;
  readonly startId: string;
  /** What the station gets as token: unique per session of Hubject's (OICP-RMT-07). */
  readonly idTag: string;
  readonly evseId: string;
  readonly timeZone: string;
  readonly authorization: Authorization;
  readonly requestedAt: Instant;
  readonly until: Instant;
}

type Refused = Extract<SessionEvent, { type: 'StartRefused' }>['data']['reason'];
/** `late`: nobody answered in time, and Hubject was told no. */
export type StartAnswer = 'accepted' | 'late' | Refused;

export interface RemoteStartRow extends NewRemoteStart {
  /** Null: nobody answered yet. */
  readonly answer: StartAnswer | null;
  readonly told: string | null;
}

const COLUMNS = `oicp_session_key as "oicpSessionId", start_id as "startId", id_tag as "idTag",
  evse_id as "evseId", time_zone as "timeZone", "authorization",
  requested_at as "requestedAt", until, answer, told`;

/** The table `remote_starts`: what Hubject asked for, and what became of it. */
@Injectable()
export class RemoteStarts {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** @returns false when this session of Hubject's was asked for before. */
  async insert(start: NewRemoteStart, tx: Transaction): Promise<boolean> {
    const added = await tx.query(
      `insert into roaming_oicp.remote_starts
         (oicp_session_key, start_id, id_tag, evse_id, time_zone, "authorization", requested_at,
          until)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (oicp_session_key) do nothing returning 1`,
      [
        sessionIdKey(start.oicpSessionId),
        start.startId,
        start.idTag,
        start.evseId,
        start.timeZone,
        JSON.stringify(start.authorization),
        start.requestedAt,
        start.until,
      ],
    );
    return added.length > 0;
  }

  async find(oicpSessionId: string): Promise<RemoteStartRow | undefined> {
    return this.one('oicp_session_key = $1', sessionIdKey(oicpSessionId), this.database);
  }

  async byStartId(startId: string, tx: Transaction): Promise<RemoteStartRow | undefined> {
    return this.one('start_id = $1', startId, tx);
  }

  async byIdTag(idTag: string, tx: Transaction): Promise<RemoteStartRow | undefined> {
    return this.one('id_tag = upper($1)', idTag, tx);
  }

  /** The first answer counts: Hubject may have been told it already. @returns the one that holds. */
  async answer(
    startId: string,
    answer: StartAnswer,
    at: Instant,
    tx: Transaction = this.database,
  ): Promise<StartAnswer | undefined> {
    const [row] = await tx.query<{ answer: StartAnswer }>(
      `update roaming_oicp.remote_starts
       set answer = coalesce(answer, $2), answered_at = coalesce(answered_at, $3)
       where start_id = $1 returning answer`,
      [startId, answer, at],
    );
    return row?.answer;
  }

  /** What Hubject is told is told the same when it asks again. @returns what holds. */
  async tell(startId: string, outcome: string): Promise<string> {
    const [row] = await this.database.query<{ told: string }>(
      `update roaming_oicp.remote_starts set told = coalesce(told, $2)
       where start_id = $1 returning told`,
      [startId, outcome],
    );
    return row?.told ?? outcome;
  }

  private async one(
    where: string,
    parameter: string,
    tx: Transaction,
  ): Promise<RemoteStartRow | undefined> {
    const [row] = await tx.query<RemoteStartRow>(
      `select ${COLUMNS} from roaming_oicp.remote_starts where ${where}`,
      [parameter],
    );
    return row;
  }
}
