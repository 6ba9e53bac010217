import { type HoldReason } from '@voltledger/contracts';
import { type Charge } from './cdr-document';
import { type EndedSession, type Rerating } from './ended-session';
import { type Assessment, assessed } from './hold-gate';
import { currencyDiffers, inDispute } from './hold-reasons';
import { type ReratingRefusal, pendingReratings, reratingRefusal, truthOf } from './rerating';
import { sameCharge } from './same-charge';
import { type SessionCdrs } from './session-cdrs';

/** What is due for a session that is over. */
export type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'hold'; readonly reasons: readonly HoldReason[] }
  /** What was missing has arrived: the hold falls, and the next step follows. */
  | { readonly kind: 'release' }
  /** A re-rating that these CDRs cannot follow: that is said, and the next step follows. */
  | { readonly kind: 'refuse-rerating'; readonly refusal: ReratingRefusal }
  | { readonly kind: 'issue'; readonly charge: Charge; readonly rerating?: Rerating }
  /** The truth arrived late: credit the live CDR and issue another. */
  | { readonly kind: 'correct'; readonly charge: Charge; readonly rerating?: Rerating };

export function nextStep(cdrs: SessionCdrs, session: EndedSession): Step {
  const assessment = assessed(truthOf(session, cdrs), cdrs.accepted);
  const pending = pendingReratings(session, cdrs);
  for (const rerating of pending) {
    const isLatest = rerating === pending.at(-1);
    const refusal = reratingRefusal(rerating, isLatest, session, assessment, cdrs);
    if (refusal) return { kind: 'refuse-rerating', refusal };
  }
  const step = stepBy(assessment, cdrs);
  const rerating = pending.at(-1);
  const applies = step.kind === 'issue' || step.kind === 'correct';
  return applies && rerating ? { ...step, rerating } : step;
}

function stepBy(assessment: Assessment, cdrs: SessionCdrs): Step {
  if (assessment.kind === 'nothing') return cdrs.held ? { kind: 'release' } : assessment;
  if (assessment.kind === 'held') return { kind: 'hold', reasons: assessment.reasons };
  return stepTowards(assessment.charge, cdrs);
}

function stepTowards(charge: Charge, cdrs: SessionCdrs): Step {
  const { live, credited, held } = cdrs;
  const doubt = obstacle(charge, cdrs);
  if (doubt) return { kind: 'hold', reasons: [doubt] };
  if (held) return { kind: 'release' };
  if (live) return sameCharge(live, charge) ? { kind: 'nothing' } : { kind: 'correct', charge };
  // A person took the last one back: it is a person who puts another in its place.
  return credited ? { kind: 'nothing' } : { kind: 'issue', charge };
}

/** Why the CDRs there are cannot be followed by one like this. */
function obstacle(
  charge: Charge,
  { live, credited, dispute }: SessionCdrs,
): HoldReason | undefined {
  const before = (live ?? credited)?.billed.afterTaxes.currency;
  const { currency } = charge.billed.afterTaxes;
  if (before !== undefined && before !== currency) return currencyDiffers(before, currency);
  return dispute && live && !sameCharge(live, charge)
    ? inDispute(live.cdrId, dispute.disputeId)
    : undefined;
}
