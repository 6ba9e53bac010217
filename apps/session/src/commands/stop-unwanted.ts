import { Inject } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type Cause,
  type Clock,
  type SessionId,
  type Transaction,
  plusMillis,
} from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { stopLater } from '../tables/open-sessions';
import { RequestStop } from './request-stop';
import { Streams } from './streams';

/** A station may be offline, or refuse: it is asked again, not for ever. */
const TRIES_MAX = 5;
const AGAIN_MS = 300_000;

/** @internal Who asks for the stop, in `StopRequested`. */
export const REFUSED_TOKEN = 'refused token';

/** A session goes on though its token was refused: the station is asked to end it. */
export class StopUnwanted extends Command<void> {
  constructor(
    readonly sessionId: SessionId,
    readonly tries: number,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(StopUnwanted)
export class StopUnwantedHandler implements ICommandHandler<StopUnwanted> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly streams: Streams,
    private readonly commands: CommandBus,
  ) {}

  async execute({ sessionId, tries, cause, tx }: StopUnwanted): Promise<void> {
    const session = await this.streams.sessionNow(sessionId);
    const at = this.clock();
    // Somebody vouched for it in the meantime, or it has ended by itself.
    if (session.status !== 'active' || session.authorization)
      return stopLater(tx, sessionId, undefined, 0);
    const until = plusMillis(at, this.config.OPERATOR_COMMAND_SECONDS * 1_000);
    const wanted = { commandId: cause.causationId, sessionId, by: REFUSED_TOKEN, until };
    await this.commands.execute(new RequestStop(wanted, cause));
    const again = tries + 1 < TRIES_MAX ? plusMillis(at, AGAIN_MS) : undefined;
    await stopLater(tx, sessionId, again, tries + 1);
  }
}
