import { type CdrEvent, type HoldReason } from '@voltledger/contracts';
import {
  type Instant,
  type Money,
  type Revision,
  type SessionId,
  type Transaction,
} from '@voltledger/kernel';

/** A release that waits for a second person. */
export interface RequestedRelease {
  readonly by: string;
  readonly note: string;
  readonly at: Instant;
  readonly amount: Money | null;
}

export interface CdrHold {
  readonly sessionId: SessionId;
  readonly reasons: readonly HoldReason[];
  readonly heldAt: Instant;
  readonly requested: RequestedRelease | null;
}

/** `revision` is the event's in the stream: what is older than the row says nothing new. */
export async function keepHold(
  tx: Transaction,
  { sessionId, reasons, heldAt }: Omit<CdrHold, 'requested'>,
  revision: Revision,
): Promise<void> {
  await tx.query(
    `insert into billing.cdr_holds (session_id, reasons, held_at, revision) values ($1, $2, $3, $4)
     on conflict (session_id) do update set reasons = $2, held_at = $3, revision = $4,
       released_at = null, released_by = null, note = null, approved_by = null, requested = null
     where billing.cdr_holds.revision < $4`,
    [sessionId, JSON.stringify(reasons), heldAt, revision],
  );
}

type DataOf<Type extends CdrEvent['type']> = Extract<CdrEvent, { type: Type }>['data'];

export async function keepRelease(
  tx: Transaction,
  { sessionId, by, note, approval, at }: DataOf<'CdrReleased'>,
  revision: Revision,
): Promise<void> {
  await tx.query(
    `update billing.cdr_holds set released_at = $2, released_by = $3, note = $4, approved_by = $5,
       requested = null, revision = $6
     where session_id = $1 and revision < $6`,
    [sessionId, at, by, note, approval?.by, revision],
  );
}

/** Somebody asks for a release; without `requested` that was refused. */
export async function keepRequest(
  tx: Transaction,
  sessionId: SessionId,
  requested: RequestedRelease | undefined,
  revision: Revision,
): Promise<void> {
  await tx.query(
    `update billing.cdr_holds set requested = $2, revision = $3
     where session_id = $1 and revision < $3`,
    [sessionId, requested && JSON.stringify(requested), revision],
  );
}

const HELD = `select session_id as "sessionId", reasons, held_at as "heldAt", requested
  from billing.cdr_holds where released_at is null`;

export async function holdOf(tx: Transaction, sessionId: SessionId): Promise<CdrHold | undefined> {
  const [hold] = await tx.query<CdrHold>(`${HELD} and session_id = $1`, [sessionId]);
  return hold;
}

export interface HoldFilter {
  readonly code?: string | undefined;
  /** Those that wait for a second person's approval, or those that do not. */
  readonly requested?: boolean | undefined;
  readonly after?: SessionId | undefined;
}

/** The longest held first, behind the hold of session `after`; those with reason `code` only. */
export function listHolds(
  tx: Transaction,
  { code, requested, after }: HoldFilter,
  limit: number,
): Promise<CdrHold[]> {
  return tx.query<CdrHold>(
    `${HELD}
       and ($1::text is null or reasons @> jsonb_build_array(jsonb_build_object('code', $1::text)))
       and ($2::uuid is null or (held_at, session_id) > (
         select held_at, session_id from billing.cdr_holds where session_id = $2))
       and ($3::boolean is null or (requested is not null) = $3)
     order by held_at, session_id limit $4`,
    [code, after, requested, limit],
  );
}
