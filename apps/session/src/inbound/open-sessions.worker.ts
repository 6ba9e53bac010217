import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Clock, type Instant, plusMillis } from '@voltledger/kernel';
import {
  CLOCK,
  DATABASE,
  type Database,
  type RecurringWork,
  SCOPE,
  type Scope,
  Worker,
} from '@voltledger/platform';
import { TendSession } from '../commands/tend-session';
import { CONFIG, type Config } from '../config';
import { type Limits, dueSessions } from '../tables/open-sessions';
import { systemCause } from './system-cause';

const BATCH = 20;

/** Closes gaps that waited long enough, and sessions whose end was lost (domain.md 1.3, 1.6). */
@Worker()
export class OpenSessionsWorker implements RecurringWork {
  readonly name = 'session.open-sessions';
  readonly every = 2_000;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SCOPE) private readonly scope: Scope,
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
  ) {}

  run(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const now = this.clock();
      const due = await dueSessions(tx, this.limits(now), BATCH);
      for (const session of due) {
        const cause = systemCause(this.scope, session.due, session.sessionId, now);
        await this.commands.execute(new TendSession(session, cause, tx));
      }
      return due.length === BATCH;
    });
  }

  private limits(now: Instant): Limits {
    const { config } = this;
    const ago = (seconds: number): Instant => plusMillis(now, -seconds * 1_000);
    return {
      reportWait: ago(config.REPORT_WAIT_SECONDS),
      startWait: ago(config.START_WAIT_SECONDS),
      nextStart: ago(config.LOST_END_NEXT_START_SECONDS),
      nextStartNumbered: ago(config.LOST_END_NUMBERED_SECONDS),
      available: ago(config.LOST_END_AVAILABLE_SECONDS),
      now,
    };
  }
}
