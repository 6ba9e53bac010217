import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type DisputeResolution } from '@voltledger/contracts';
import { type CdrId } from '@voltledger/kernel';
import { sameId } from '../domain/cdr-document';
import { type EndedSession } from '../domain/ended-session';
import { cdrHeld, cdrNotLive, nothingToCorrect } from '../domain/errors';
import { assessed } from '../domain/hold-gate';
import { truthOf } from '../domain/rerating';
import { sameCharge } from '../domain/same-charge';
import { type SessionCdrs } from '../domain/session-cdrs';
import { type ByHand } from './by-hand';
import { CdrIssuer } from './cdr-issuer';

/**
 * Issues a CDR anew from what is known today: in place of the live one, which is credited, or of
 * one that was credited before.
 */
export class ReissueCdr extends Command<CdrId> {
  constructor(
    readonly session: EndedSession,
    readonly cdrId: CdrId,
    readonly request: ByHand,
    /** The dispute that ends with it. */
    readonly resolution?: DisputeResolution,
  ) {
    super();
  }
}

@CommandHandler(ReissueCdr)
export class ReissueCdrHandler implements ICommandHandler<ReissueCdr> {
  constructor(private readonly issuer: CdrIssuer) {}

  /**
   * @returns the new CDR's id.
   * @throws DomainError CDR_NOT_LIVE, CDR_HELD, CDR_DISPUTED, NOTHING_TO_CORRECT, CURRENCY_CHANGED
   */
  async execute({ session, cdrId, request, resolution }: ReissueCdr): Promise<CdrId> {
    const { by, key, note: reason, cause } = request;
    const { state } = await this.issuer.cdrsOf(session.sessionId, cause);
    const answer = await this.issuer.answerTo(cause, session.sessionId);
    if (answer) return answer;
    const { live, credited } = state;
    const replaced = live ?? credited;
    if (!replaced || !sameId(replaced.cdrId, cdrId)) throw cdrNotLive(cdrId);
    const charge = chargeableNow(session, state);
    const { endRevision, ratedRevision } = session;
    const basis = { endRevision, ratedRevision };
    const made = { basis, reason, by, key, request: cause.causationId };
    const intent = { ...made, ...(resolution && { resolution }) };
    if (!live) return this.issuer.issue(charge, intent, state, cause);
    if (sameCharge(live, charge)) throw nothingToCorrect(cdrId);
    return this.issuer.takeBack(live, intent, state, cause, charge);
  }
}

function chargeableNow(session: EndedSession, cdrs: SessionCdrs) {
  const assessment = assessed(truthOf(session, cdrs), cdrs.accepted);
  if (assessment.kind === 'chargeable') return assessment.charge;
  throw cdrHeld(assessment.kind === 'held' ? assessment.reasons : []);
}
