import { Inject, Injectable } from '@nestjs/common';
import { type Cdr } from '@voltledger/contracts';
import { type CdrId, type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { type ChargeDetailRecord, sessionIdKey } from '@voltledger/oicp';
import { DATABASE, type Database } from '@voltledger/platform';
import { type OicpPayer } from './roaming-session';

export type ChargeRecordState = 'queued' | 'delivered' | 'refused';

export interface ChargeRecordRow {
  readonly cdrId: CdrId;
  readonly sessionId: SessionId;
  readonly oicpSessionId: string;
  readonly providerId: string;
  readonly state: ChargeRecordState;
  readonly code: string | null;
  readonly detail: string | null;
  readonly issuedAt: Instant;
  readonly firstSentAt: Instant | null;
  readonly answeredAt: Instant | null;
}

export interface SendingRecord extends ChargeRecordRow {
  readonly record: ChargeDetailRecord;
}

export interface Verdict {
  readonly state: ChargeRecordState;
  readonly code?: string;
  readonly detail?: string;
  readonly record?: ChargeDetailRecord;
}

const COLUMNS = `cdr_id as "cdrId", session_id as "sessionId",
  oicp_session_key as "oicpSessionId", provider_id as "providerId", state, code, detail,
  issued_at as "issuedAt", first_sent_at as "firstSentAt", answered_at as "answeredAt"`;

/** The table `charge_records`: every CDR of a Hubject partner's driver, and what became of it. */
@Injectable()
export class ChargeRecords {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /**
   * The CDR that stands for this session at Hubject, or is about to: there is room for one
   * (OICP-CDR-05). A refused one leaves its place free. Whoever asks next waits for this transaction.
   */
  async standing(oicpSessionId: string, tx: Transaction): Promise<CdrId | undefined> {
    const key = sessionIdKey(oicpSessionId);
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`oicp-cdr ${key}`]);
    const [row] = await tx.query<{ cdr_id: CdrId }>(
      `select cdr_id from roaming_oicp.charge_records
       where oicp_session_key = $1 and state in ('queued', 'delivered')`,
      [key],
    );
    return row?.cdr_id;
  }

  /** @returns false when the CDR was judged before. */
  async insert(cdr: Cdr, payer: OicpPayer, verdict: Verdict, tx: Transaction): Promise<boolean> {
    const added = await tx.query(
      `insert into roaming_oicp.charge_records
         (cdr_id, session_id, oicp_session_key, provider_id, state, code, detail, record, issued_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (cdr_id) do nothing returning 1`,
      [
        cdr.cdrId,
        cdr.sessionId,
        sessionIdKey(payer.oicpSessionId),
        payer.providerId,
        verdict.state,
        verdict.code ?? null,
        verdict.detail ?? null,
        verdict.record ? JSON.stringify(verdict.record) : null,
        cdr.issuedAt,
      ],
    );
    return added.length > 0;
  }

  async toSend(cdrId: string): Promise<SendingRecord> {
    const [row] = await this.database.query<SendingRecord>(
      `select ${COLUMNS}, record from roaming_oicp.charge_records
       where cdr_id = $1 and record is not null`,
      [cdrId],
    );
    if (!row) throw new Error(`CDR ${cdrId} was never to be sent`);
    return row;
  }

  /** Written down before anything is sent: an answer may be lost, this may not. */
  async sendingNow(cdrId: string, now: Instant): Promise<void> {
    await this.database.query(
      `update roaming_oicp.charge_records set first_sent_at = coalesce(first_sent_at, $2)
       where cdr_id = $1`,
      [cdrId, now],
    );
  }

  async answered(
    cdrId: string,
    { state, code, detail }: Omit<Verdict, 'record'>,
    at: Instant,
    tx: Transaction,
  ): Promise<ChargeRecordRow> {
    const [row] = await tx.query<ChargeRecordRow>(
      `update roaming_oicp.charge_records
       set state = $2, code = $3, detail = $4, answered_at = $5 where cdr_id = $1
       returning ${COLUMNS}`,
      [cdrId, state, code ?? null, detail ?? null, at],
    );
    if (!row) throw new Error(`CDR ${cdrId} is not known`);
    return row;
  }

  /** Whether Hubject has closed the session, as far as we know: it took a CDR. */
  async isClosed(oicpSessionId: string): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from roaming_oicp.charge_records
       where oicp_session_key = $1 and state = 'delivered'`,
      [sessionIdKey(oicpSessionId)],
    );
    return rows.length > 0;
  }

  /** Whether a CDR waits to be sent: it should not wait for a notification that fails. */
  async isWaiting(oicpSessionId: string): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from roaming_oicp.charge_records
       where oicp_session_key = $1 and state = 'queued'`,
      [sessionIdKey(oicpSessionId)],
    );
    return rows.length > 0;
  }

  /** Newest first. `after`: the CDR id the page before ended with. */
  async list(
    filter: { readonly state?: ChargeRecordState | undefined; readonly after?: string | undefined },
    limit: number,
  ): Promise<ChargeRecordRow[]> {
    return this.database.query<ChargeRecordRow>(
      `select ${COLUMNS} from roaming_oicp.charge_records
       where ($1::text is null or state = $1)
         and ($2::text is null or (issued_at, cdr_id) <
              (select issued_at, cdr_id from roaming_oicp.charge_records where cdr_id = $2))
       order by issued_at desc, cdr_id desc limit $3`,
      [filter.state ?? null, filter.after ?? null, limit],
    );
  }
}
