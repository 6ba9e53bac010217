import { Inject, Injectable } from '@nestjs/common';
import { type SessionEvent } from '@voltledger/contracts';
import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { sessionIdKey } from '@voltledger/oicp';
import { DATABASE, type Database } from '@voltledger/platform';

export interface NewRemoteStop {
  readonly commandId: string;
  readonly oicpSessionId: string;
  readonly sessionId: SessionId;
  readonly requestedAt: Instant;
}

type StopOutcome = Extract<SessionEvent, { type: 'StopAnswered' }>['data']['outcome'];
/** `late`: nobody answered in time, and Hubject was told so. */
export type StopAnswer = 'late' | StopOutcome;

export interface RemoteStopRow extends NewRemoteStop {
  /** Null: nobody answered yet. */
  readonly answer: StopAnswer | null;
}

const COLUMNS = `command_id as "commandId", oicp_session_key as "oicpSessionId",
  session_id as "sessionId", requested_at as "requestedAt", answer`;

/** The table `remote_stops`. A stop that was refused may be asked for again. */
@Injectable()
export class RemoteStops {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async insert(stop: NewRemoteStop, tx: Transaction): Promise<void> {
    await tx.query(
      `insert into roaming_oicp.remote_stops
         (command_id, oicp_session_key, session_id, requested_at) values ($1, $2, $3, $4)`,
      [stop.commandId, sessionIdKey(stop.oicpSessionId), stop.sessionId, stop.requestedAt],
    );
  }

  async find(commandId: string): Promise<RemoteStopRow | undefined> {
    const [row] = await this.database.query<RemoteStopRow>(
      `select ${COLUMNS} from roaming_oicp.remote_stops where command_id = $1`,
      [commandId],
    );
    return row;
  }

  /** The newest for this session of Hubject's; whoever asks next waits for this transaction. */
  async newest(oicpSessionId: string, tx: Transaction): Promise<RemoteStopRow | undefined> {
    const key = sessionIdKey(oicpSessionId);
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`oicp-stop ${key}`]);
    const [row] = await tx.query<RemoteStopRow>(
      `select ${COLUMNS} from roaming_oicp.remote_stops where oicp_session_key = $1
       order by requested_at desc, command_id limit 1`,
      [key],
    );
    return row;
  }

  /** The first answer counts. @returns the one that holds. */
  async answer(
    commandId: string,
    answer: StopAnswer,
    at: Instant,
    tx: Transaction = this.database,
  ): Promise<StopAnswer | undefined> {
    const [row] = await tx.query<{ answer: StopAnswer }>(
      `update roaming_oicp.remote_stops
       set answer = coalesce(answer, $2), answered_at = coalesce(answered_at, $3)
       where command_id = $1 returning answer`,
      [commandId, answer, at],
    );
    return row?.answer;
  }
}
