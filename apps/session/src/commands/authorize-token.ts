import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause } from '@voltledger/kernel';
import { Authorizer, type Question } from './authorizer';

/** A driver presents a token at a station, which waits for the verdict. */
export class AuthorizeToken extends Command<void> {
  constructor(
    readonly question: Question,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(AuthorizeToken)
export class AuthorizeTokenHandler implements ICommandHandler<AuthorizeToken> {
  constructor(private readonly authorizer: Authorizer) {}

  async execute({ question, cause }: AuthorizeToken): Promise<void> {
    await this.authorizer.judge(question, cause);
  }
}
