import { type Cdr } from '@voltledger/contracts';
import { type CdrId, type Instant, negated } from '@voltledger/kernel';
import { billReversed } from './bill';

/** What a CDR says about a session, before it gets an id and a date. */
export type Charge = Omit<Cdr, 'cdrId' | 'issuedAt' | 'credits' | 'replaces'>;

export function cdrFor(charge: Charge, cdrId: CdrId, issuedAt: Instant, replaces?: CdrId): Cdr {
  return { ...charge, cdrId, issuedAt, ...(replaces && { replaces }) };
}

/**
 * The CDR that takes `cdr` back: all data copied, and only the total negative (OCPI-CDR-09; with
 * every tax of the total, OCPI-CDR-10), and with it what is billed.
 */
export function creditOf(cdr: Cdr, cdrId: CdrId, issuedAt: Instant): Cdr {
  const { beforeTaxes, taxes, afterTaxes } = cdr.costs.total;
  const total = {
    beforeTaxes: negated(beforeTaxes),
    taxes: taxes.map((tax) => ({ ...tax, amount: negated(tax.amount) })),
    ...(afterTaxes && { afterTaxes: negated(afterTaxes) }),
  };
  return {
    ...cdr,
    cdrId,
    issuedAt,
    credits: cdr.cdrId,
    costs: { ...cdr.costs, total },
    billed: billReversed(cdr.billed),
  };
}

/** Two ids that differ in case only are the same id to a partner (OCPI-CDR-08, CiString). */
export const sameId = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();
