import { type CdrEvent, type DisputeOutcome } from '@voltledger/contracts';
import {
  type CdrId,
  type Instant,
  type Money,
  type SessionId,
  type Transaction,
} from '@voltledger/kernel';

type DataOf<Type extends CdrEvent['type']> = Extract<CdrEvent, { type: Type }>['data'];

/** Somebody does not want to pay a CDR; what became of it. */
export interface Dispute {
  readonly disputeId: string;
  readonly sessionId: SessionId;
  readonly cdrId: CdrId;
  readonly claimant: string;
  readonly claim: string;
  readonly amount: Money | null;
  readonly openedBy: string;
  readonly openedAt: Instant;
  readonly outcome: DisputeOutcome | null;
  readonly note: string | null;
  readonly resolvedBy: string | null;
  readonly resolvedAt: Instant | null;
}

export async function keepDispute(tx: Transaction, data: DataOf<'DisputeOpened'>): Promise<void> {
  const { disputeId, sessionId, cdrId, claimant, claim, amount, by, at } = data;
  await tx.query(
    `insert into billing.disputes
       (dispute_id, session_id, cdr_id, claimant, claim, amount, opened_by, opened_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      ...[disputeId, sessionId, cdrId, claimant, claim, amount && JSON.stringify(amount)],
      ...[by, at],
    ],
  );
}

export async function keepResolution(
  tx: Transaction,
  { disputeId, outcome, note, by, at }: DataOf<'DisputeResolved'>,
): Promise<void> {
  await tx.query(
    `update billing.disputes set outcome = $2, note = $3, resolved_by = $4, resolved_at = $5
     where dispute_id = $1`,
    [disputeId, outcome, note, by, at],
  );
}

const SELECTED = `select dispute_id as "disputeId", session_id as "sessionId", cdr_id as "cdrId",
  claimant, claim, amount, opened_by as "openedBy", opened_at as "openedAt", outcome, note,
  resolved_by as "resolvedBy", resolved_at as "resolvedAt" from billing.disputes`;

export async function disputeById(tx: Transaction, id: string): Promise<Dispute | undefined> {
  const [dispute] = await tx.query<Dispute>(`${SELECTED} where dispute_id = $1`, [id]);
  return dispute;
}

export interface DisputeFilter {
  readonly open?: boolean | undefined;
  readonly claimant?: string | undefined;
  readonly cdrId?: CdrId | undefined;
  readonly after?: string | undefined;
}

/** The oldest first, behind the dispute `after`. */
export function listDisputes(
  tx: Transaction,
  { open, claimant, cdrId, after }: DisputeFilter,
  limit: number,
): Promise<Dispute[]> {
  return tx.query<Dispute>(
    `${SELECTED}
     where ($1::boolean is null or (resolved_at is null) = $1)
       and ($2::text is null or claimant = $2)
       and ($3::text is null or lower(cdr_id) = lower($3))
       and ($4::uuid is null or (opened_at, dispute_id) > (
         select opened_at, dispute_id from billing.disputes where dispute_id = $4))
     order by opened_at, dispute_id limit $5`,
    [open, claimant, cdrId, after, limit],
  );
}
