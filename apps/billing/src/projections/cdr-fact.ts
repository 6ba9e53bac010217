import {
  type Authorization,
  type Cdr,
  type CdrEventEnvelope,
  type CdrSeal,
} from '@voltledger/contracts';

/** A CDR as operators and finance look it up. Written once. */
export interface CdrFact {
  readonly cdr: Cdr;
  readonly seal: CdrSeal;
  readonly eventId: string;
  readonly correlationId: string;
  readonly kind: 'charge' | 'credit';
  /** Who gets it and owes it: a partner, a provider at Hubject, or `own` for our own customers. */
  readonly partner: string;
  /**
   * Hubject takes one CDR per session and knows no correction (domain.md 2.4): a credit, and what
   * is issued after it, is settled between the two parties and in the settlement.
   */
  readonly bilateral: boolean;
  readonly reason?: string;
  readonly takenBackBy?: string;
}

/** @returns undefined for events that make no CDR. */
export function cdrFact({ id, correlationId, event }: CdrEventEnvelope): CdrFact | undefined {
  const origin = { eventId: id, correlationId };
  if (event.type === 'CdrIssued') {
    const { cdr, seal } = event.data;
    return { ...origin, ...described(cdr), seal, kind: 'charge' };
  }
  if (event.type !== 'CdrCredited') return undefined;
  const { credit, seal, reason, by } = event.data;
  return { ...origin, ...described(credit), seal, kind: 'credit', reason, takenBackBy: by };
}

const described = (cdr: Cdr) => ({
  ...{ cdr, partner: partnerOf(cdr.authorization) },
  bilateral:
    cdr.authorization.payer.kind === 'oicp' &&
    (cdr.credits !== undefined || cdr.replaces !== undefined),
});

export function partnerOf({ payer }: Authorization): string {
  switch (payer.kind) {
    case 'own':
      return 'own';
    case 'ocpi':
      return payer.partnerId;
    case 'oicp':
      return payer.providerId;
  }
}
