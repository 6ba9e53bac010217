import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CallsUnderWay } from '../outbound/calls-under-way';

/** Before the process ends: waits until what became of our calls is written down. */
export class FinishCalls extends Command<void> {}

@CommandHandler(FinishCalls)
export class FinishCallsHandler implements ICommandHandler<FinishCalls> {
  constructor(private readonly underWay: CallsUnderWay) {}

  execute(): Promise<void> {
    return this.underWay.settled();
  }
}
