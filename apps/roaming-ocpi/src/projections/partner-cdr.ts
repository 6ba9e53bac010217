import { type Cdr, type CdrEventEnvelope } from '@voltledger/contracts';
import { type OcpiPayer } from '@voltledger/ocpi';

/** A CDR that an OCPI partner pays. */
export interface PartnerCdr {
  readonly partnerId: OcpiPayer['partnerId'];
  readonly cdr: Cdr;
}

/**
 * The CDR in this event, where it concerns an OCPI partner: one that was issued, or one that takes
 * an earlier one back. A CDR never changes, so there is nothing to fold.
 */
export function partnerCdr({ event }: Pick<CdrEventEnvelope, 'event'>): PartnerCdr | undefined {
  if (event.type === 'CdrIssued') return paidByPartner(event.data.cdr);
  return event.type === 'CdrCredited' ? paidByPartner(event.data.credit) : undefined;
}

function paidByPartner(cdr: Cdr): PartnerCdr | undefined {
  const { payer } = cdr.authorization;
  return payer.kind === 'ocpi' ? { partnerId: payer.partnerId, cdr } : undefined;
}
