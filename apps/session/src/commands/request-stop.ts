import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Cause, type Clock, type Instant, type SessionId } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database } from '@voltledger/platform';
import { keepStop } from '../tables/pending-stops';
import { Streams } from './streams';

export interface WantedStop {
  readonly commandId: string;
  readonly sessionId: SessionId;
  readonly by: string;
  readonly until: Instant;
}

/** Somebody wants a session to end. The station is asked; only its own report ends the session. */
export class RequestStop extends Command<void> {
  constructor(
    readonly wanted: WantedStop,
    readonly cause: Cause,
  ) {
    super();
  }
}

@CommandHandler(RequestStop)
export class RequestStopHandler implements ICommandHandler<RequestStop> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly streams: Streams,
  ) {}

  /** @throws DomainError SESSION_UNKNOWN, SESSION_NOT_ACTIVE */
  async execute({ wanted, cause }: RequestStop): Promise<void> {
    const at = this.clock();
    await keepStop(this.database, wanted.commandId, wanted.sessionId, at);
    await this.streams.session({ type: 'RequestStop', ...wanted, at }, cause);
  }
}
