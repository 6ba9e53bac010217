import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type DisputeOutcome, type DisputeResolution } from '@voltledger/contracts';
import { type Clock, type SessionId } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { disputeNotOpen } from '../domain/errors';
import { type ByHand } from './by-hand';
import { CdrIssuer } from './cdr-issuer';

/** Ends a dispute without a new CDR: the CDR stands, or it is taken back in the same step. */
export class ResolveDispute extends Command<void> {
  constructor(
    readonly sessionId: SessionId,
    readonly disputeId: string,
    readonly outcome: Exclude<DisputeOutcome, 'reissued'>,
    readonly request: ByHand,
  ) {
    super();
  }
}

@CommandHandler(ResolveDispute)
export class ResolveDisputeHandler implements ICommandHandler<ResolveDispute> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly issuer: CdrIssuer,
  ) {}

  /** @throws DomainError DISPUTE_NOT_OPEN */
  async execute({ sessionId, disputeId, outcome, request }: ResolveDispute): Promise<void> {
    const { cause, ...person } = request;
    const { state } = await this.issuer.cdrsOf(sessionId, cause);
    const resolution = { disputeId, outcome, ...person };
    if (outcome !== 'credited') {
      const command = { type: 'RejectDispute', sessionId, resolution, at: this.clock() } as const;
      await this.issuer.answer(sessionId, command, cause);
      return;
    }
    if (await this.issuer.answerTo(cause, sessionId)) return;
    await this.credit(resolution, state, request);
  }

  private async credit(
    resolution: DisputeResolution,
    state: Parameters<CdrIssuer['takeBack']>[2],
    { by, key, note: reason, cause }: ByHand,
  ): Promise<void> {
    if (!state.live) throw disputeNotOpen(resolution.disputeId);
    const intent = { reason, by, key, resolution, request: cause.causationId };
    await this.issuer.takeBack(state.live, intent, state, cause);
  }
}
