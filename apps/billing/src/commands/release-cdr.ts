import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Clock, type SessionId } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { type EndedSession } from '../domain/ended-session';
import { amountAtStake, needsFourEyes } from '../domain/four-eyes';
import { type ByHand } from './by-hand';
import { CdrIssuer } from './cdr-issuer';

/**
 * A person vouches for what a CDR was held for: at once, or, above the limit, once a second person
 * approves. Whether the CDR can be issued is then decided anew.
 */
export class ReleaseCdr extends Command<'released' | 'requested'> {
  constructor(
    readonly sessionId: SessionId,
    readonly session: EndedSession | undefined,
    readonly request: ByHand,
  ) {
    super();
  }
}

@CommandHandler(ReleaseCdr)
export class ReleaseCdrHandler implements ICommandHandler<ReleaseCdr> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly issuer: CdrIssuer,
  ) {}

  /** @throws DomainError CDR_NOT_HELD, RELEASE_REQUESTED */
  async execute({ sessionId, session, request }: ReleaseCdr) {
    const { cause, ...person } = request;
    const known = await this.issuer.cdrsOf(sessionId, cause);
    const amount = session && amountAtStake(session, known.state);
    const limits = this.config.BILLING_FOUR_EYES_LIMITS;
    const needsApproval = needsFourEyes(known.state, amount, limits);
    const asked = { sessionId, ...person, needsApproval, ...(amount && { amount }) };
    const command = { type: 'ReleaseCdr', ...asked, at: this.clock() } as const;
    await this.issuer.answer(sessionId, command, cause);
    return needsApproval ? ('requested' as const) : ('released' as const);
  }
}
