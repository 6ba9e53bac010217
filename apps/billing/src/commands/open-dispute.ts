import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CdrId, type Clock, type Money, type SessionId } from '@voltledger/kernel';
import { CLOCK, derivedUuid } from '@voltledger/platform';
import { type ByHand } from './by-hand';
import { CdrIssuer } from './cdr-issuer';

export interface Claim {
  readonly claimant: string;
  readonly amount?: Money | undefined;
}

/** Somebody does not want to pay a CDR, or not all of it. */
export class OpenDispute extends Command<string> {
  constructor(
    readonly sessionId: SessionId,
    readonly cdrId: CdrId,
    readonly claim: Claim,
    readonly request: ByHand,
  ) {
    super();
  }
}

@CommandHandler(OpenDispute)
export class OpenDisputeHandler implements ICommandHandler<OpenDispute> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly issuer: CdrIssuer,
  ) {}

  /** @returns the dispute's id. @throws DomainError CDR_NOT_LIVE, CDR_DISPUTED, DISPUTED_BEYOND_CDR */
  async execute({ sessionId, cdrId, claim, request }: OpenDispute): Promise<string> {
    const { by, key, note, cause } = request;
    await this.issuer.cdrsOf(sessionId, cause);
    const disputeId = derivedUuid('dispute', cause.causationId);
    const { claimant, amount } = claim;
    const opened = { sessionId, cdrId, disputeId, claimant, claim: note, by, key };
    await this.issuer.answer(
      sessionId,
      { type: 'OpenDispute', ...opened, ...(amount && { amount }), at: this.clock() },
      cause,
    );
    return disputeId;
  }
}
