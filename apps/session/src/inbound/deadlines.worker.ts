import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Clock } from '@voltledger/kernel';
import {
  CLOCK,
  DATABASE,
  type Database,
  type RecurringWork,
  SCOPE,
  type Scope,
  Worker,
} from '@voltledger/platform';
import { ExpireStart } from '../commands/expire-start';
import { SettleAuthorization } from '../commands/settle-authorization';
import { overdueRequests } from '../tables/authorization-requests';
import { lapsedStarts } from '../tables/pending-starts';
import { systemCause } from './system-cause';

const BATCH = 50;

/** Drivers who wait for an answer get one in time; a promised start that never came is told. */
@Worker()
export class DeadlinesWorker implements RecurringWork {
  readonly name = 'session.deadlines';
  readonly every = 250;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SCOPE) private readonly scope: Scope,
    private readonly commands: CommandBus,
  ) {}

  async run(): Promise<boolean> {
    const answered = await this.giveUpAsking();
    const expired = await this.expireStarts();
    return answered === BATCH || expired === BATCH;
  }

  private giveUpAsking(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const overdue = await overdueRequests(tx, this.clock(), BATCH);
      for (const requestId of overdue) {
        const cause = systemCause(this.scope, 'no answer in time', requestId);
        await this.commands.execute(new SettleAuthorization(requestId, undefined, cause, tx));
      }
      return overdue.length;
    });
  }

  private expireStarts(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const lapsed = await lapsedStarts(tx, this.clock(), BATCH);
      for (const startId of lapsed) {
        const cause = systemCause(this.scope, 'start never came', startId);
        await this.commands.execute(new ExpireStart(startId, cause, tx));
      }
      return lapsed.length;
    });
  }
}
