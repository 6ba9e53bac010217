import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Clock, type SessionId } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CdrIssuer } from './cdr-issuer';

/** A person vouches for what a CDR was held for. Whether it can be issued is then decided anew. */
export class ReleaseCdr extends Command<void> {
  constructor(
    readonly sessionId: SessionId,
    readonly by: string,
    readonly note: string,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(ReleaseCdr)
export class ReleaseCdrHandler implements ICommandHandler<ReleaseCdr> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly issuer: CdrIssuer,
  ) {}

  /** @throws DomainError CDR_NOT_HELD */
  async execute({ sessionId, by, note, cause }: ReleaseCdr): Promise<void> {
    const known = await this.issuer.cdrsOf(sessionId, cause);
    const command = { type: 'ReleaseCdr', sessionId, by, note, at: this.clock() } as const;
    await this.issuer.decide(sessionId, command, known, cause);
  }
}
