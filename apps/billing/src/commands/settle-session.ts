import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Inject } from '@nestjs/common';
import { type HoldReason } from '@voltledger/contracts';
import { type Cause, type CdrId, type Clock, type Known } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { type EndedSession } from '../domain/ended-session';
import { type Step, nextStep } from '../domain/next-step';
import { type SessionCdrs } from '../domain/session-cdrs';
import { CdrIssuer } from './cdr-issuer';
import { SYSTEM } from './link-commands';

export type Settled =
  | { readonly status: 'unchanged' }
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
    const known = await this.issuer.cdrsOf(session.sessionId, cause);
    const step = nextStep(known.state, session);
    if (step.kind !== 'release') return this.take(step, session, known, cause);
    const released = await this.lift(session, known, cause);
    return this.take(nextStep(released.state, session), session, released, cause);
  }

  private async take(
    step: Step,
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
        const cdrId = await this.issuer.issue(step.charge, { basis }, known.state, cause);
        return { status: 'issued', cdrId };
      }
      case 'correct': {
        const intent = { basis, reason: 'The session turned out differently.', by: SYSTEM };
        const { live } = known.state;
        if (!live) throw new Error(`${session.sessionId} has no live CDR to correct`);
        const cdrId = await this.issuer.takeBack(live, intent, known.state, cause, step.charge);
        return { status: 'corrected', cdrId };
      }
      case 'release':
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
    const command = { type: 'ReleaseCdr', sessionId, by: SYSTEM, note, at: this.clock() } as const;
    return this.issuer.decide(sessionId, command, known, cause);
  }
}
