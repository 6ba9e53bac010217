import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Clock, plusMillis } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { reratingToWorkOn } from '../tables/reratings';
import { ReratingBatch } from './rerating-batch';
import { Reratings } from './reratings';

/** The next sessions of the re-rating that waited longest, in whatever it is at. */
export class WorkOnReratings extends Command<{ readonly more: boolean }> {}

@CommandHandler(WorkOnReratings)
export class WorkOnReratingsHandler implements ICommandHandler<WorkOnReratings> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly batch: ReratingBatch,
    private readonly reratings: Reratings,
  ) {}

  async execute(): Promise<{ more: boolean }> {
    const { TARIFF_REPRICING_REST_MS: rest } = this.config;
    const worked = await this.database.transaction(async (tx) => {
      const found = await reratingToWorkOn(tx, plusMillis(this.clock(), -rest));
      return found ? this.batch.work(found, tx) : 'waiting';
    });
    if (worked === 'waiting') return { more: false };
    // A crash before this line: the next batch finds nothing left and comes to the same end.
    if (worked !== 'more') await this.reratings.goOn(worked);
    return { more: true };
  }
}
