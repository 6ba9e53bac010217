import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause } from '@voltledger/kernel';
import { type Intake, type TokenChange, TokenIntake } from '../outbound/token-intake';

/** A partner tells us about a token of its own: whole (PUT), or what changed (PATCH). */
export class ReceiveToken extends Command<Intake> {
  constructor(
    readonly how: 'put' | 'patch',
    readonly change: TokenChange,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(ReceiveToken)
export class ReceiveTokenHandler implements ICommandHandler<ReceiveToken> {
  constructor(@Inject(TokenIntake) private readonly intake: TokenIntake) {}

  execute({ how, change, cause }: ReceiveToken): Promise<Intake> {
    return this.intake[how](change, cause);
  }
}
