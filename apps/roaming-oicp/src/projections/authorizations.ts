import { Inject, Injectable } from '@nestjs/common';
import { type ChargingPlace, type TokenRef } from '@voltledger/contracts';
import { type Instant, type StationId, type Transaction } from '@voltledger/kernel';
import { type DriverIdentification, sessionIdKey } from '@voltledger/oicp';
import { DATABASE, type Database } from '@voltledger/platform';
import { type OicpPayer } from './roaming-session';

/** A driver waits at a station while Hubject is asked. */
export interface WaitingAuthorization {
  readonly requestId: string;
  readonly stationId: StationId;
  readonly presented: TokenRef;
  readonly driver: DriverIdentification;
  readonly place?: ChargingPlace | null | undefined;
  readonly until: Instant;
  readonly correlationId: string;
}

export interface UnusedAuthorization {
  readonly requestId: string;
  readonly payer: OicpPayer;
  readonly place: ChargingPlace | null;
  readonly answeredAt: Instant;
  readonly correlationId: string;
}

const COLUMNS = `request_id as "requestId", station_id as "stationId", presented, driver, place,
  until, correlation_id as "correlationId"`;

/** The table `authorizations`: a queue of questions, and their answers. */
@Injectable()
export class Authorizations {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async insert(asked: WaitingAuthorization, tx: Transaction): Promise<void> {
    await tx.query(
      `insert into roaming_oicp.authorizations
         (request_id, station_id, presented, driver, place, until, correlation_id)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (request_id) do nothing`,
      [
        asked.requestId,
        asked.stationId,
        JSON.stringify(asked.presented),
        JSON.stringify(asked.driver),
        asked.place ? JSON.stringify(asked.place) : null,
        asked.until,
        asked.correlationId,
      ],
    );
  }

  /** Those nobody is asking about right now, oldest deadline first; they are ours until `claimedUntil`. */
  async claim(limit: number, now: Instant, claimedUntil: Instant): Promise<WaitingAuthorization[]> {
    return this.database.query<WaitingAuthorization>(
      `with waiting as (
         select request_id from roaming_oicp.authorizations
         where answered_at is null and (claimed_until is null or claimed_until < $2)
         order by until limit $1 for update skip locked)
       update roaming_oicp.authorizations as asked set claimed_until = $3
       from waiting where asked.request_id = waiting.request_id
       returning ${COLUMNS.replaceAll('request_id', 'asked.request_id')}`,
      [limit, now, claimedUntil],
    );
  }

  /** @returns false when it was answered before: that answer holds. */
  async answer(
    requestId: string,
    answer: { readonly at: Instant; readonly code: string; readonly payer?: OicpPayer },
    tx: Transaction,
  ): Promise<boolean> {
    const { at, code, payer } = answer;
    const answered = await tx.query(
      `update roaming_oicp.authorizations
       set answered_at = $2, code = $3, payer = $4, oicp_session_key = $5
       where request_id = $1 and answered_at is null returning 1`,
      [
        requestId,
        at,
        code,
        payer ? JSON.stringify(payer) : null,
        payer ? sessionIdKey(payer.oicpSessionId) : null,
      ],
    );
    return answered.length > 0;
  }

  async isGranted(oicpSessionId: string): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from roaming_oicp.authorizations where oicp_session_key = $1 limit 1`,
      [sessionIdKey(oicpSessionId)],
    );
    return rows.length > 0;
  }

  /** Granted before `before`, and no session came of it. */
  async unused(before: Instant, limit: number, tx: Transaction): Promise<UnusedAuthorization[]> {
    return tx.query<UnusedAuthorization>(
      `select request_id as "requestId", payer, place, answered_at as "answeredAt",
              correlation_id as "correlationId"
       from roaming_oicp.authorizations as granted
       where payer is not null and ended_unused_at is null and answered_at < $1
         and not exists (select from roaming_oicp.sessions
                         where oicp_session_key = granted.oicp_session_key)
       order by answered_at limit $2 for update skip locked`,
      [before, limit],
    );
  }

  async endUnused(requestIds: readonly string[], at: Instant, tx: Transaction): Promise<void> {
    await tx.query(
      `update roaming_oicp.authorizations set ended_unused_at = $2
       where request_id = any($1::uuid[])`,
      [requestIds, at],
    );
  }

  /** Answered long ago: nobody asks for them any more. */
  async forget(before: Instant): Promise<void> {
    await this.database.query('delete from roaming_oicp.authorizations where until < $1', [before]);
  }
}
