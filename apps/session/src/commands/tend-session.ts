import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type Cause,
  type Clock,
  type Instant,
  type Transaction,
  plusMillis,
} from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { type SessionCommand } from '../domain/session-command';
import { type DueSession, checkAgain } from '../tables/open-sessions';
import { OpenSessionKeeper } from './open-session-keeper';
import { Streams } from './streams';

/** A session that waited long enough for a report that did not come. */
export class TendSession extends Command<void> {
  constructor(
    readonly session: DueSession,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(TendSession)
export class TendSessionHandler implements ICommandHandler<TendSession> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly streams: Streams,
    private readonly openSessions: OpenSessionKeeper,
  ) {}

  async execute({ session, cause, tx }: TendSession): Promise<void> {
    const { sessionId } = session;
    const decision = await this.streams.session(this.commandFor(session), cause);
    // It turned out to be well: look again later.
    if (decision.events.length === 0)
      await checkAgain(tx, sessionId, this.openSessions.nextCheck());
    await this.openSessions.note(tx, sessionId, { state: decision.state, events: [] });
  }

  private commandFor({ sessionId, due, started }: DueSession): SessionCommand {
    const { REPORT_WAIT_SECONDS, START_WAIT_SECONDS, LOST_END_SILENCE_SECONDS } = this.config;
    if (due === 'gap') {
      const arrivedBefore = this.ago(started ? REPORT_WAIT_SECONDS : START_WAIT_SECONDS);
      return { type: 'CloseGap', sessionId, arrivedBefore };
    }
    const silentSince = this.ago(due === 'age' ? LOST_END_SILENCE_SECONDS : 0);
    return { type: 'CloseByEstimate', sessionId, basis: due, silentSince };
  }

  private ago(seconds: number): Instant {
    return plusMillis(this.clock(), -seconds * 1_000);
  }
}
