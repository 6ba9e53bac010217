import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Clock, type SessionId } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { type EndedSession } from '../domain/ended-session';
import { amountAtStake } from '../domain/four-eyes';
import { type ByHand } from './by-hand';
import { CdrIssuer } from './cdr-issuer';

/** A second person approves of a release that somebody else asked for, or refuses it. */
export class JudgeRelease extends Command<void> {
  constructor(
    readonly sessionId: SessionId,
    readonly session: EndedSession | undefined,
    readonly verdict: 'approve' | 'refuse',
    readonly request: ByHand,
  ) {
    super();
  }
}

@CommandHandler(JudgeRelease)
export class JudgeReleaseHandler implements ICommandHandler<JudgeRelease> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly issuer: CdrIssuer,
  ) {}

  /** @throws DomainError NO_RELEASE_REQUESTED, SAME_EYES, RELEASE_OUTDATED */
  async execute({ sessionId, session, verdict, request }: JudgeRelease): Promise<void> {
    const { cause, ...person } = request;
    const { state } = await this.issuer.cdrsOf(sessionId, cause);
    const amount = session && amountAtStake(session, state);
    const act = { sessionId, ...person, at: this.clock() };
    await this.issuer.answer(
      sessionId,
      verdict === 'approve'
        ? { type: 'ApproveRelease', ...act, ...(amount && { amount }) }
        : { type: 'RefuseRelease', ...act },
      cause,
    );
  }
}
