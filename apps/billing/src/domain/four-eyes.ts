import { type Money } from '@voltledger/kernel';
import { billFor } from './bill';
import { type EndedSession } from './ended-session';
import { isReleasable } from './hold-reasons';
import { truthOf } from './rerating';
import { type SessionCdrs } from './session-cdrs';

/** Millionths per currency up to which one person may release a CDR. */
export type FourEyesLimits = ReadonlyMap<string, number>;

/** What the CDR would bill if everything about it was believed; undefined without a price. */
export function amountAtStake(session: EndedSession, cdrs: SessionCdrs): Money | undefined {
  const { rating } = truthOf(session, cdrs);
  return rating && billFor(rating.costs).afterTaxes;
}

/**
 * Whether a second person has to approve of a release: above the limit of the currency; when the
 * currency has no limit; and when nobody knows yet how much it will be, since what is vouched for
 * now holds nothing later. What nobody can vouch for needs no approval: it stays held.
 */
export function needsFourEyes(
  { held = [] }: SessionCdrs,
  amount: Money | undefined,
  limits: FourEyesLimits,
): boolean {
  if (!held.some(isReleasable)) return false;
  if (!amount) return true;
  const limit = limits.get(amount.currency);
  return limit === undefined || amount.micros > limit;
}
