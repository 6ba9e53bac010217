import { type Authorization } from '@voltledger/contracts';
import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { type ErasureReason } from './erasures.table';

export interface SessionOfToken {
  readonly sessionId: SessionId;
  readonly authorization: Authorization;
  /** What stands in the way of erasing its driver. */
  readonly blocked: Exclude<ErasureReason['code'], 'RETENTION'> | null;
  readonly endedAt: Instant | null;
}

/** Every session that a token paid for, and whether anything about it is still open. */
export const sessionsOfToken = (tx: Transaction, uid: string): Promise<SessionOfToken[]> =>
  tx.query<SessionOfToken>(
    `select s.session_id as "sessionId", s.state -> 'authorization' as "authorization",
       s.ended_at as "endedAt",
       case
         when s.ended_at is null then 'SESSION_OPEN'
         when s.due or s.awaits_rating
           or exists (select from billing.cdr_holds h
             where h.session_id = s.session_id and h.released_at is null)
           or exists (select from billing.cdr_chain l where l.session_id = s.session_id
             and not exists (select from billing.cdrs c where c.cdr_id = l.cdr_id))
           then 'CDR_UNSETTLED'
         when exists (select from billing.disputes d
             where d.session_id = s.session_id and d.resolved_at is null) then 'DISPUTE_OPEN'
         when exists (select from billing.cdrs c
             where c.session_id = s.session_id and c.partner <> 'own' and not c.bilateral
               and not exists (select from billing.cdr_deliveries d where d.cdr_id = c.cdr_id))
           then 'CDR_UNDELIVERED'
       end as blocked
     from billing.chargeable_sessions s
     where lower(s.state #>> '{authorization,token,uid}') = lower($1)
     order by s.session_id`,
    [uid],
  );
