import { Inject } from '@nestjs/common';
import { type Clock } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, type RecurringWork, Worker } from '@voltledger/platform';
import { PartnerCommands } from '../projections/partner-commands';

const BATCH = 100;

/** Tells partners TIMEOUT for commands that no station answered in the time we announced. */
@Worker()
export class CommandTimeoutsWorker implements RecurringWork {
  readonly name = 'roaming-ocpi.command-timeouts';
  readonly every = 1_000;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PartnerCommands) private readonly commands: PartnerCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(): Promise<boolean> {
    const expired = await this.database.transaction((tx) =>
      this.commands.expire(this.clock(), BATCH, tx),
    );
    return expired === BATCH;
  }
}
