import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Clock, plusMillis } from '@voltledger/kernel';
import {
  CLOCK,
  DATABASE,
  type Database,
  type RecurringWork,
  SCOPE,
  type Scope,
  Worker,
} from '@voltledger/platform';
import { AskForReports } from '../commands/ask-for-reports';
import { StopUnwanted } from '../commands/stop-unwanted';
import { CONFIG, type Config } from '../config';
import { sessionsToAskAbout, unwantedSessions } from '../tables/open-sessions';
import { systemCause } from './system-cause';

const BATCH = 20;

/** Asks stations: for reports that are missing, and to end sessions that nobody vouches for. */
@Worker()
export class OpenQuestionsWorker implements RecurringWork {
  readonly name = 'session.open-questions';
  readonly every = 1_000;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SCOPE) private readonly scope: Scope,
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
  ) {}

  async run(): Promise<boolean> {
    const asked = await this.askForReports();
    const stopped = await this.stopUnwanted();
    return asked === BATCH || stopped === BATCH;
  }

  private askForReports(): Promise<number> {
    const { REPORT_ASK_SECONDS, REPORT_WAIT_SECONDS } = this.config;
    const now = this.clock();
    const waitingSince = plusMillis(now, -REPORT_ASK_SECONDS * 1_000);
    const askAgainAt = plusMillis(now, REPORT_WAIT_SECONDS * 1_000);
    return this.database.transaction(async (tx) => {
      const moments = { waitingSince, now, askAgainAt };
      const sessions = await sessionsToAskAbout(tx, moments, BATCH);
      for (const session of sessions) {
        const cause = systemCause(this.scope, 'reports missing', session.sessionId, now);
        await this.commands.execute(new AskForReports(session, cause, tx));
      }
      return sessions.length;
    });
  }

  private stopUnwanted(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const unwanted = await unwantedSessions(tx, this.clock(), BATCH);
      for (const { sessionId, tries } of unwanted) {
        const cause = systemCause(this.scope, 'token refused', sessionId, String(tries));
        await this.commands.execute(new StopUnwanted(sessionId, tries, cause, tx));
      }
      return unwanted.length;
    });
  }
}
