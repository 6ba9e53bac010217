import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type CdrId, type SessionId } from '@voltledger/kernel';
import { sameId } from '../domain/cdr-document';
import { cdrNotLive } from '../domain/errors';
import { CdrIssuer } from './cdr-issuer';

/** Takes a CDR back. None takes its place until somebody asks for it. */
export class CreditCdr extends Command<CdrId> {
  constructor(
    readonly sessionId: SessionId,
    readonly cdrId: CdrId,
    readonly reason: string,
    readonly by: string,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(CreditCdr)
export class CreditCdrHandler implements ICommandHandler<CreditCdr> {
  constructor(private readonly issuer: CdrIssuer) {}

  /** @returns the credit's id. @throws DomainError CDR_NOT_LIVE */
  async execute({ sessionId, cdrId, reason, by, cause }: CreditCdr): Promise<CdrId> {
    const { state } = await this.issuer.cdrsOf(sessionId, cause);
    const answer = await this.issuer.answerTo(cause, sessionId);
    if (answer) return answer;
    const { live } = state;
    if (!live || !sameId(live.cdrId, cdrId)) throw cdrNotLive(cdrId);
    const intent = { reason, by, request: cause.causationId };
    return this.issuer.takeBack(live, intent, state, cause);
  }
}
