import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Verdict } from '@voltledger/ocpp';
import { AuthorizationDesk } from '../outbound/authorization-desk';

/** The session service has judged a token; a station here may be waiting for it. */
export class TakeVerdict extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly verdict: Verdict,
  ) {
    super();
  }
}

@CommandHandler(TakeVerdict)
export class TakeVerdictHandler implements ICommandHandler<TakeVerdict> {
  constructor(private readonly desk: AuthorizationDesk) {}

  execute({ requestId, verdict }: TakeVerdict): Promise<void> {
    this.desk.settle(requestId, verdict);
    return Promise.resolve();
  }
}
