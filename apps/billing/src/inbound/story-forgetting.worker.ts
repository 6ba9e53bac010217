import { Inject } from '@nestjs/common';
import { type Clock, plusMillis } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, type RecurringWork, Worker } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { forgetStories } from '../projections/story.table';

const EVERY_MS = 60_000;
const BATCH = 5_000;
const DAY_MS = 86_400_000;

/** Old lines of stories go; what they were told from stays where it is. */
@Worker()
export class StoryForgettingWorker implements RecurringWork {
  readonly name = 'billing.story-forgetting';
  readonly every = EVERY_MS;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async run(signal: AbortSignal): Promise<boolean> {
    const days = this.config.BILLING_STORY_DAYS;
    if (days === 0) return false;
    const before = plusMillis(this.clock(), -days * DAY_MS);
    const gone = await forgetStories(this.database, before, BATCH);
    return gone === BATCH && !signal.aborted;
  }
}
