import { type Cdr, type CdrSeal } from '@voltledger/contracts';
import { type CdrId, type SessionId, type Transaction } from '@voltledger/kernel';

const LINK_SEAL = `jsonb_build_object('sequence', sequence, 'contentHash', content_hash,
  'previousHash', previous_hash, 'hash', hash)`;

/** Links behind sequence `after`, in order. */
export const chainPage = (
  tx: Transaction,
  after: number,
  limit: number,
): Promise<{ cdrId: CdrId; seal: CdrSeal }[]> =>
  tx.query(
    `select cdr_id as "cdrId", ${LINK_SEAL} as seal from billing.cdr_chain
     where sequence > $1 order by sequence limit $2`,
    [after, limit],
  );

interface KeptCdr {
  readonly cdr: Cdr;
  readonly seal: CdrSeal;
}

export const linksOf = (tx: Transaction, sessionId: SessionId): Promise<KeptCdr[]> =>
  tx.query(
    `select cdr, ${LINK_SEAL} as seal from billing.cdr_chain where session_id = $1
     order by sequence`,
    [sessionId],
  );

export const factsOf = (tx: Transaction, sessionId: SessionId): Promise<KeptCdr[]> =>
  tx.query('select cdr, seal from billing.cdrs where session_id = $1 order by sequence', [
    sessionId,
  ]);

/** Every session any table knows, so that none escapes because one row is gone. */
export async function sessionsWithCdrs(
  tx: Transaction,
  after: SessionId | undefined,
  limit: number,
): Promise<SessionId[]> {
  const rows = await tx.query<{ session_id: SessionId }>(
    `select session_id from (
       select session_id from billing.cdr_chain
       union select session_id from billing.cdrs
       union select session_id from billing.chargeable_sessions
     ) known where $1::uuid is null or session_id > $1 order by session_id limit $2`,
    [after, limit],
  );
  return rows.map(({ session_id }) => session_id);
}
