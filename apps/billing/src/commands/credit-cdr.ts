import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CdrId, type SessionId } from '@voltledger/kernel';
import { sameId } from '../domain/cdr-document';
import { cdrNotLive } from '../domain/errors';
import { type ByHand } from './by-hand';
import { CdrIssuer } from './cdr-issuer';

/** Takes a CDR back. None takes its place until somebody asks for it. */
export class CreditCdr extends Command<CdrId> {
  constructor(
    readonly sessionId: SessionId,
    readonly cdrId: CdrId,
    readonly request: ByHand,
  ) {
    super();
  }
}

@CommandHandler(CreditCdr)
export class CreditCdrHandler implements ICommandHandler<CreditCdr> {
  constructor(private readonly issuer: CdrIssuer) {}

  /** @returns the credit's id. @throws DomainError CDR_NOT_LIVE, CDR_DISPUTED */
  async execute({ sessionId, cdrId, request }: CreditCdr): Promise<CdrId> {
    const { by, key, note: reason, cause } = request;
    const { state } = await this.issuer.cdrsOf(sessionId, cause);
    const answer = await this.issuer.answerTo(cause, sessionId);
    if (answer) return answer;
    const { live } = state;
    if (!live || !sameId(live.cdrId, cdrId)) throw cdrNotLive(cdrId);
    const intent = { reason, by, key, request: cause.causationId };
    return this.issuer.takeBack(live, intent, state, cause);
  }
}
