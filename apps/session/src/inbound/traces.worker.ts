import { Inject } from '@nestjs/common';
import { type Clock, plusMillis } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, type RecurringWork, Worker } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { forgetTraces } from '../tables/traces';

const BATCH = 500;
const DAY_MS = 86_400_000;

/** Forgets questions, remote starts and stops that nobody answers any more. */
@Worker()
export class TracesWorker implements RecurringWork {
  readonly name = 'session.traces';
  readonly every = 60_000;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async run(): Promise<boolean> {
    const { TRACES_KEPT_DAYS, AUTHORIZATION_REUSE_SECONDS } = this.config;
    const kept = Math.max(TRACES_KEPT_DAYS * DAY_MS, AUTHORIZATION_REUSE_SECONDS * 1_000);
    return (await forgetTraces(this.database, plusMillis(this.clock(), -kept), BATCH)) >= BATCH;
  }
}
