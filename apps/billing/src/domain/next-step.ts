import { type HoldReason } from '@voltledger/contracts';
import { type Charge } from './cdr-document';
import { type EndedSession } from './ended-session';
import { assessed } from './hold-gate';
import { currencyDiffers } from './hold-reasons';
import { sameCharge } from './same-charge';
import { type SessionCdrs } from './session-cdrs';

/** What is due for a session that is over. */
export type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'hold'; readonly reasons: readonly HoldReason[] }
  /** What was missing has arrived: the hold falls, and the next step follows. */
  | { readonly kind: 'release' }
  | { readonly kind: 'issue'; readonly charge: Charge }
  /** The truth arrived late: credit the live CDR and issue another. */
  | { readonly kind: 'correct'; readonly charge: Charge };

export function nextStep(cdrs: SessionCdrs, session: EndedSession): Step {
  const assessment = assessed(session, cdrs.accepted);
  if (assessment.kind === 'nothing') return cdrs.held ? { kind: 'release' } : assessment;
  if (assessment.kind === 'held') return { kind: 'hold', reasons: assessment.reasons };
  return stepTowards(assessment.charge, cdrs);
}

function stepTowards(charge: Charge, { live, credited, held }: SessionCdrs): Step {
  const before = (live ?? credited)?.billed.afterTaxes.currency;
  const { currency } = charge.billed.afterTaxes;
  if (before !== undefined && before !== currency)
    return { kind: 'hold', reasons: [currencyDiffers(before, currency)] };
  if (held) return { kind: 'release' };
  if (live) return sameCharge(live, charge) ? { kind: 'nothing' } : { kind: 'correct', charge };
  // A person took the last one back: it is a person who puts another in its place.
  return credited ? { kind: 'nothing' } : { kind: 'issue', charge };
}
