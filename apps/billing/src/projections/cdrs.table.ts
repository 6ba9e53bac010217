import { type Cdr, type CdrSeal } from '@voltledger/contracts';
import { type CdrId, type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { type CdrFact } from './cdr-fact';

/** Keeps a CDR; one that is kept already stays as it is. */
export async function keepCdr(tx: Transaction, fact: CdrFact): Promise<void> {
  const { cdr, seal, eventId, kind, partner, bilateral, correlationId } = fact;
  const { beforeTaxes, afterTaxes } = cdr.billed;
  await tx.query(
    `insert into billing.cdrs
       (cdr_id, session_id, event_id, sequence, kind, credits, replaces, partner, bilateral,
        country_code, party_id, ended_at, issued_at, currency, before_taxes_micros,
        after_taxes_micros, cdr, seal, reason, taken_back_by, correlation_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21)
     on conflict (cdr_id) do nothing`,
    [
      ...[cdr.cdrId, cdr.sessionId, eventId, seal.sequence, kind, cdr.credits, cdr.replaces],
      ...[partner, bilateral, cdr.countryCode, cdr.partyId, cdr.endedAt, cdr.issuedAt],
      ...[afterTaxes.currency, beforeTaxes.micros, afterTaxes.micros, cdr, seal],
      ...[fact.reason, fact.takenBackBy, correlationId],
    ],
  );
}

export interface CdrRow {
  readonly cdr: Cdr;
  readonly seal: CdrSeal;
  readonly eventId: string;
  readonly kind: CdrFact['kind'];
  readonly partner: string;
  readonly bilateral: boolean;
  readonly reason: string | null;
  readonly takenBackBy: string | null;
  /** The credit that took it back. */
  readonly creditedBy: CdrId | null;
  /** The dispute about it that is open. */
  readonly dispute: {
    readonly disputeId: string;
    readonly claimant: string;
    readonly openedAt: Instant;
  } | null;
  readonly deliveries: readonly CdrDelivery[];
}

/** What became of a CDR at a partner. */
export interface CdrDelivery {
  readonly protocol: 'ocpi' | 'oicp';
  readonly partnerId: string;
  readonly outcome: 'delivered' | 'rejected';
  readonly reference: string | null;
  readonly code: string | null;
  readonly detail: string | null;
  readonly attempts: number | null;
  readonly at: Instant;
}

const SELECTED = `select c.cdr, c.seal, c.event_id as "eventId", c.kind, c.partner, c.bilateral,
    c.reason, c.taken_back_by as "takenBackBy",
    (select t.cdr_id from billing.cdrs t where t.credits = c.cdr_id) as "creditedBy",
    (select jsonb_build_object('disputeId', d.dispute_id, 'claimant', d.claimant,
        'openedAt', to_char(d.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from billing.disputes d where d.cdr_id = c.cdr_id and d.resolved_at is null) as dispute,
    coalesce((
      select jsonb_agg(jsonb_build_object('protocol', d.protocol, 'partnerId', d.partner_id,
        'outcome', d.outcome, 'reference', d.reference, 'code', d.code, 'detail', d.detail,
        'attempts', d.attempts, 'at', to_char(d.at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from billing.cdr_deliveries d where d.cdr_id = c.cdr_id), '[]') as deliveries
  from billing.cdrs c`;

export async function cdrById(tx: Transaction, id: CdrId): Promise<CdrRow | undefined> {
  const [row] = await tx.query<CdrRow>(`${SELECTED} where lower(c.cdr_id) = lower($1)`, [id]);
  return row;
}

export interface CdrFilter {
  readonly partner?: string | undefined;
  readonly sessionId?: SessionId | undefined;
  /** Of the session's end; `to` is exclusive. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly delivery?: 'delivered' | 'pending' | 'rejected' | undefined;
}

/** In the order of the chain, behind sequence `after`. */
export function listCdrs(
  tx: Transaction,
  { partner, sessionId, from, to, delivery }: CdrFilter,
  limit: number,
  after = 0,
): Promise<CdrRow[]> {
  return tx.query<CdrRow>(
    `${SELECTED}
     where c.sequence > $1
       and ($2::text is null or c.partner = $2)
       and ($3::uuid is null or c.session_id = $3)
       and ($4::timestamptz is null or c.ended_at >= $4)
       and ($5::timestamptz is null or c.ended_at < $5)
       and ($6::text is null
         or ($6 = 'pending' and c.partner <> 'own' and not exists (
              select from billing.cdr_deliveries d where d.cdr_id = c.cdr_id))
         or exists (
              select from billing.cdr_deliveries d where d.cdr_id = c.cdr_id and d.outcome = $6))
     order by c.sequence limit $7`,
    [after, partner, sessionId, from, to, delivery, limit],
  );
}
