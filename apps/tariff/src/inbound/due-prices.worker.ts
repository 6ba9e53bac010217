import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type RecurringWork, Worker } from '@voltledger/platform';
import { TellDuePrices } from '../commands/tell-due-prices';
import { CONFIG, type Config } from '../config';

/** Tells figures that came too soon after the one before, once their time has come. */
@Worker()
export class DuePricesWorker implements RecurringWork {
  readonly name = 'tariff.due-prices';
  readonly every: number;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly commands: CommandBus,
  ) {
    this.every = config.TARIFF_PRICE_REST_MS;
  }

  async run(): Promise<boolean> {
    return (await this.commands.execute(new TellDuePrices())).more;
  }
}
