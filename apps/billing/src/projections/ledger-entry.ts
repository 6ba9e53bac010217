import { type Billed, type Cdr, type CdrEventEnvelope } from '@voltledger/contracts';
import { type Currency, type Instant, type Money, negated } from '@voltledger/kernel';
import { accountsOf } from './ledger-accounts';

/**
 * Version of the rules below. Raised when the same event would be posted differently: entries made
 * before stay as they are.
 */
export const POSTING_RULES = 'cdr-postings/1';

/** One line of an entry: whole minor units on one of the two sides, in millionths. */
export interface Posting {
  readonly account: string;
  readonly debitMicros: number;
  readonly creditMicros: number;
  readonly currency: Currency;
}

export interface LedgerEntry {
  readonly eventId: string;
  readonly rules: string;
  readonly kind: 'cdr issued' | 'cdr credited';
  readonly bookedAt: Instant;
  readonly cdrId: Cdr['cdrId'];
  readonly sessionId: Cdr['sessionId'];
  /** The CDR whose entry this one takes back. */
  readonly takesBack?: Cdr['cdrId'];
  readonly postings: readonly Posting[];
}

/** CDR issued: receivable to revenue, by type and country, and tax payable (domain.md section 2). */
export function entryFor({ id, event }: CdrEventEnvelope): LedgerEntry | undefined {
  const made = { eventId: id, rules: POSTING_RULES };
  if (event.type === 'CdrIssued')
    return { ...made, ...entryOf(event.data.cdr), kind: 'cdr issued' };
  if (event.type !== 'CdrCredited') return undefined;
  const { credit, originalId: takesBack } = event.data;
  return { ...made, ...entryOf(credit), kind: 'cdr credited', takesBack };
}

const entryOf = (cdr: Cdr) => ({
  ...{ bookedAt: cdr.issuedAt, cdrId: cdr.cdrId, sessionId: cdr.sessionId },
  postings: postingsFor(cdr),
});

function postingsFor(cdr: Cdr): Posting[] {
  const { billed } = cdr;
  const accounts = accountsOf(cdr);
  const revenue = linesOf(billed).map(({ kind, amount }) => credit(accounts.revenue(kind), amount));
  const taxes = billed.taxes.map((tax) => credit(accounts.tax(tax), tax.amount));
  return [debit(accounts.receivable, billed.afterTaxes), ...revenue, ...taxes];
}

/** A CDR that costs nothing for no part has an entry too: of two lines, both nothing. */
const linesOf = ({ lines, beforeTaxes }: Billed): Billed['lines'] =>
  lines.length > 0 ? lines : [{ kind: 'energy', amount: beforeTaxes }];

/** A negative amount belongs to the other side. */
function debit(account: string, { micros, currency }: Money): Posting {
  const [debitMicros, creditMicros] = micros < 0 ? [0, -micros] : [micros, 0];
  return { account, debitMicros, creditMicros, currency };
}

const credit = (account: string, amount: Money): Posting => debit(account, negated(amount));

/** Every posting on the other side. */
export const reversed = (postings: readonly Posting[]): Posting[] =>
  postings.map(({ debitMicros, creditMicros, ...rest }) => ({
    ...rest,
    ...{ debitMicros: creditMicros, creditMicros: debitMicros },
  }));
