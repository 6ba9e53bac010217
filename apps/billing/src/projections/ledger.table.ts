import {
  type CdrId,
  type Currency,
  type Instant,
  type SessionId,
  type Transaction,
} from '@voltledger/kernel';
import { derivedUuid } from '@voltledger/platform';
import { type LedgerEntry, type Posting, reversed } from './ledger-entry';

/**
 * Posts an event once: what was posted by older rules stays as it is.
 *
 * @returns false when it was posted before.
 */
export async function post(tx: Transaction, entry: LedgerEntry): Promise<boolean> {
  const entryId = derivedUuid('ledger-entry', entry.eventId, entry.rules);
  const original = entry.takesBack && (await entryOf(tx, entry.takesBack));
  if (entry.takesBack && !original)
    throw new Error(`${entry.cdrId} takes back ${entry.takesBack}, which is not in the ledger`);
  const [added] = await tx.query(
    `insert into billing.ledger_entries
       (entry_id, event_id, posting_rules, kind, booked_at, cdr_id, session_id, reverses)
     select $1, $2, $3, $4, $5, $6, $7, $8
     where not exists (select from billing.ledger_entries where event_id = $2)
     on conflict (event_id, posting_rules) do nothing returning entry_id`,
    [
      ...[entryId, entry.eventId, entry.rules, entry.kind, entry.bookedAt, entry.cdrId],
      ...[entry.sessionId, original && original.entryId],
    ],
  );
  if (!added) return false;
  await keepPostings(tx, entryId, original ? reversed(original.postings) : entry.postings);
  return true;
}

async function keepPostings(
  tx: Transaction,
  entryId: string,
  postings: readonly Posting[],
): Promise<void> {
  for (const [at, { account, debitMicros, creditMicros, currency }] of postings.entries())
    await tx.query(
      `insert into billing.ledger_postings
         (entry_id, line, account, debit_micros, credit_micros, currency)
       values ($1, $2, $3, $4, $5, $6)`,
      [entryId, at + 1, account, debitMicros, creditMicros, currency],
    );
}

interface KnownEntry {
  readonly entryId: string;
  readonly postings: Posting[];
}

/** What stands in the books for a CDR: its reversal posts exactly that on the other side. */
async function entryOf(tx: Transaction, cdrId: CdrId): Promise<KnownEntry | undefined> {
  const rows = await tx.query<Posting & { entryId: string }>(
    `select e.entry_id as "entryId", p.account, p.debit_micros as "debitMicros",
       p.credit_micros as "creditMicros", p.currency
     from billing.ledger_entries e join billing.ledger_postings p using (entry_id)
     where e.cdr_id = $1 order by p.line`,
    [cdrId],
  );
  const [first] = rows;
  return first && { entryId: first.entryId, postings: rows.map(({ entryId: _, ...line }) => line) };
}

export interface LedgerLine extends Posting {
  readonly bookedAt: Instant;
  readonly entryId: string;
  readonly line: number;
  readonly kind: LedgerEntry['kind'];
  readonly eventId: string;
  readonly cdrId: CdrId;
  readonly sessionId: SessionId;
  readonly reverses: string | null;
}

export interface LedgerFilter {
  /** Booked from here (inclusive) to there (exclusive). */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  readonly account?: string | undefined;
  readonly cdrId?: CdrId | undefined;
  readonly sessionId?: SessionId | undefined;
}

/** Where a page ended: the line it ended with. */
export interface LedgerPosition {
  readonly bookedAt: Instant;
  readonly entryId: string;
  readonly line: number;
}

/** Lines by date, entry and line, behind `after`. */
export function ledgerLines(
  tx: Transaction,
  { from, to, account, cdrId, sessionId }: LedgerFilter,
  limit: number,
  after?: LedgerPosition,
): Promise<LedgerLine[]> {
  return tx.query<LedgerLine>(
    `select e.booked_at as "bookedAt", e.entry_id as "entryId", p.line, e.kind,
       e.event_id as "eventId", e.cdr_id as "cdrId", e.session_id as "sessionId", e.reverses,
       p.account, p.debit_micros as "debitMicros", p.credit_micros as "creditMicros", p.currency
     from billing.ledger_entries e join billing.ledger_postings p using (entry_id)
     where ($1::timestamptz is null or e.booked_at >= $1)
       and ($2::timestamptz is null or e.booked_at < $2)
       and ($3::text is null or p.account = $3)
       and ($4::text is null or e.cdr_id = $4)
       and ($5::uuid is null or e.session_id = $5)
       and ($6::timestamptz is null or (e.booked_at, e.entry_id, p.line) > ($6, $7::uuid, $8::int))
     order by e.booked_at, e.entry_id, p.line limit $9`,
    [
      ...[from, to, account, cdrId, sessionId],
      ...[after?.bookedAt, after?.entryId, after?.line, limit],
    ],
  );
}

export interface AccountBalance {
  readonly account: string;
  readonly currency: Currency;
  readonly debitMicros: number;
  readonly creditMicros: number;
}

/** Sums per account and currency; the sum of all debits is that of all credits. */
export function trialBalance(tx: Transaction, until?: Instant): Promise<AccountBalance[]> {
  return tx.query<AccountBalance>(
    `select p.account, p.currency, sum(p.debit_micros)::bigint as "debitMicros",
       sum(p.credit_micros)::bigint as "creditMicros"
     from billing.ledger_postings p join billing.ledger_entries e using (entry_id)
     where $1::timestamptz is null or e.booked_at < $1
     group by p.account, p.currency order by p.currency, p.account`,
    [until],
  );
}
