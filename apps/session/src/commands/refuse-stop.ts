import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Clock, type SessionId } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { Streams } from './streams';

/** A partner waits for an answer to its stop, and there is nothing to stop. */
export class RefuseStop extends Command<void> {
  constructor(
    readonly sessionId: SessionId,
    readonly commandId: string,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(RefuseStop)
export class RefuseStopHandler implements ICommandHandler<RefuseStop> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly streams: Streams,
  ) {}

  async execute({ sessionId, commandId, cause }: RefuseStop): Promise<void> {
    const at = this.clock();
    await this.streams.session(
      { type: 'RecordStopAnswer', sessionId, commandId, outcome: 'unknown', at },
      cause,
    );
  }
}
