import { Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type RecurringWork, Worker } from '@voltledger/platform';
import { WorkOnReratings } from '../commands/work-on-reratings';
import { ForgetSimulations, WorkOnSimulations } from '../commands/work-on-simulations';
import { CONFIG, type Config } from '../config';

/** Past sessions priced anew, a batch of each kind in turn: neither makes the other wait. */
@Worker()
export class RepricingWorker implements RecurringWork {
  readonly name = 'tariff.repricing';
  readonly every: number;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly commands: CommandBus,
  ) {
    this.every = config.TARIFF_REPRICING_REST_MS;
  }

  async run(): Promise<boolean> {
    const simulations = await this.commands.execute(new WorkOnSimulations());
    const reratings = await this.commands.execute(new WorkOnReratings());
    const forgotten = await this.commands.execute(new ForgetSimulations());
    return simulations.more || reratings.more || forgotten.more;
  }
}
