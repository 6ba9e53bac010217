import { type HoldReason } from '@voltledger/contracts';
import { type Instant, type Revision, type SessionId, type Transaction } from '@voltledger/kernel';

export interface CdrHold {
  readonly sessionId: SessionId;
  readonly reasons: readonly HoldReason[];
  readonly heldAt: Instant;
}

/** `revision` is the event's in the stream: what is older than the row says nothing new. */
export async function keepHold(
  tx: Transaction,
  { sessionId, reasons, heldAt }: CdrHold,
  revision: Revision,
): Promise<void> {
  await tx.query(
    `insert into billing.cdr_holds (session_id, reasons, held_at, revision) values ($1, $2, $3, $4)
     on conflict (session_id) do update set reasons = $2, held_at = $3, revision = $4,
       released_at = null, released_by = null, note = null
     where billing.cdr_holds.revision < $4`,
    [sessionId, JSON.stringify(reasons), heldAt, revision],
  );
}

export async function keepRelease(
  tx: Transaction,
  { sessionId, by, note, at }: { sessionId: SessionId; by: string; note: string; at: Instant },
  revision: Revision,
): Promise<void> {
  await tx.query(
    `update billing.cdr_holds set released_at = $2, released_by = $3, note = $4, revision = $5
     where session_id = $1 and revision < $5`,
    [sessionId, at, by, note, revision],
  );
}

const HELD = `select session_id as "sessionId", reasons, held_at as "heldAt"
  from billing.cdr_holds where released_at is null`;

export async function holdOf(tx: Transaction, sessionId: SessionId): Promise<CdrHold | undefined> {
  const [hold] = await tx.query<CdrHold>(`${HELD} and session_id = $1`, [sessionId]);
  return hold;
}

/** The longest held first, behind the hold of session `after`; those with reason `code` only. */
export function listHolds(
  tx: Transaction,
  { code, after }: { code?: string | undefined; after?: SessionId | undefined },
  limit: number,
): Promise<CdrHold[]> {
  return tx.query<CdrHold>(
    `${HELD}
       and ($1::text is null or reasons @> jsonb_build_array(jsonb_build_object('code', $1::text)))
       and ($2::uuid is null or (held_at, session_id) > (
         select held_at, session_id from billing.cdr_holds where session_id = $2))
     order by held_at, session_id limit $3`,
    [code, after, limit],
  );
}
