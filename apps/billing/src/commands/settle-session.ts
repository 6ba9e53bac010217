import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import { type HoldReason } from '@voltledger/contracts';
import { type Cause, type CdrId, type Clock, type Known } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { type EndedSession, type Rerating } from '../domain/ended-session';
import { type Step, nextStep } from '../domain/next-step';
import { type ReratingRefusal } from '../domain/rerating';
import { type SessionCdrs } from '../domain/session-cdrs';
import { CdrIssuer } from './cdr-issuer';
import { SYSTEM } from './link-commands';

/** Re-ratings and holds that fall in one go: more is a bug that would never end. */
const STEPS_MAX = 100;

export type Settled =
  | { readonly status: 'unchanged' }
  /** A second person has to approve of the release. */
  | { readonly status: 'awaiting-approval' }
  | { readonly status: 'held'; readonly reasons: readonly HoldReason[] }
  | { readonly status: 'issued' | 'corrected'; readonly cdrId: CdrId };

/** Does what is due for a session that is over: hold, issue, correct, or nothing. */
export class SettleSession extends Command<Settled> {
  constructor(
    readonly session: EndedSession,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(SettleSession)
export class SettleSessionHandler implements ICommandHandler<SettleSession> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly issuer: CdrIssuer,
  ) {}

  async execute({ session, cause }: SettleSession): Promise<Settled> {
    let known = await this.issuer.cdrsOf(session.sessionId, cause);
    for (let left = STEPS_MAX; left > 0; left -= 1) {
      const step = nextStep(known.state, session);
      if (step.kind === 'release') known = await this.lift(session, known, cause);
      else if (step.kind === 'refuse-rerating')
        known = await this.refuse(session, step.refusal, known, cause);
      else return this.take(step, session, known, cause);
    }
    throw new Error(`${session.sessionId} is not settled after ${STEPS_MAX} steps`);
  }

  private async take(
    step: Exclude<Step, { kind: 'release' | 'refuse-rerating' }>,
    session: EndedSession,
    known: Known<SessionCdrs>,
    cause: Cause,
  ): Promise<Settled> {
    const { endRevision, ratedRevision } = session;
    const basis = { endRevision, ratedRevision };
    switch (step.kind) {
      case 'hold':
        await this.hold(session, step.reasons, known, cause);
        return { status: 'held', reasons: step.reasons };
      case 'issue': {
        const intent = { basis, ...ratedBy(step.rerating) };
        const cdrId = await this.issuer.issue(step.charge, intent, known.state, cause);
        return { status: 'issued', cdrId };
      }
      case 'correct': {
        const intent = { basis, ...LATE_TRUTH, ...ratedBy(step.rerating) };
        const { live } = known.state;
        if (!live) throw new Error(`${session.sessionId} has no live CDR to correct`);
        const cdrId = await this.issuer.takeBack(live, intent, known.state, cause, step.charge);
        return { status: 'corrected', cdrId };
      }
      case 'nothing':
        return { status: 'unchanged' };
    }
  }

  private async hold(
    { sessionId }: EndedSession,
    reasons: readonly HoldReason[],
    known: Known<SessionCdrs>,
    cause: Cause,
  ): Promise<void> {
    const command = { type: 'HoldCdr', sessionId, reasons, at: this.clock() } as const;
    await this.issuer.decide(sessionId, command, known, cause);
  }

  private lift({ sessionId }: EndedSession, known: Known<SessionCdrs>, cause: Cause) {
    const note = 'What was missing has arrived.';
    const act = { sessionId, by: SYSTEM, note, needsApproval: false, at: this.clock() };
    const command = { type: 'ReleaseCdr', ...act } as const;
    return this.issuer.decide(sessionId, command, known, cause);
  }

  private refuse(
    { sessionId }: EndedSession,
    refusal: ReratingRefusal,
    known: Known<SessionCdrs>,
    cause: Cause,
  ) {
    const command = { type: 'RefuseRerating', sessionId, ...refusal, at: this.clock() } as const;
    return this.issuer.decide(sessionId, command, known, cause);
  }
}

const LATE_TRUTH = { reason: 'The session turned out differently.', by: SYSTEM };

/** What the credit says of a re-rating: its reason, and both people behind it. */
const ratedBy = (rerating: Rerating | undefined) =>
  rerating && {
    reratingId: rerating.reratingId,
    reason: `Re-rated: ${rerating.reason}`,
    by: `${rerating.requestedBy}, approved by ${rerating.approvedBy}`,
  };
