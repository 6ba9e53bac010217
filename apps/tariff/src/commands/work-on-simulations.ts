import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Clock, plusMillis } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { dropDifferences } from '../tables/session-differences';
import {
  dropSimulation,
  finishSimulation,
  keepSimulationProgress,
  simulationToForget,
  simulationToWorkOn,
} from '../tables/simulations';
import { RepricingPass } from './repricing-pass';

const DAY = 86_400_000;

/** The next sessions of the simulation that waited longest. */
export class WorkOnSimulations extends Command<{ readonly more: boolean }> {}

/** Results whose time is over. */
export class ForgetSimulations extends Command<{ readonly more: boolean }> {}

@CommandHandler(WorkOnSimulations)
export class WorkOnSimulationsHandler implements ICommandHandler<WorkOnSimulations> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly pass: RepricingPass,
  ) {}

  execute(): Promise<{ more: boolean }> {
    return this.database.transaction(async (tx) => {
      const found = await simulationToWorkOn(tx);
      if (!found) return { more: false };
      const { simulationId, asked, done, position } = found;
      const step = await this.pass.step(
        { ...asked, workId: simulationId, done, position, progressOf: () => undefined },
        tx,
      );
      await keepSimulationProgress(tx, simulationId, step, this.clock());
      if (!step.more) await finishSimulation(tx, simulationId, 'done', this.clock());
      return { more: true };
    });
  }
}

@CommandHandler(ForgetSimulations)
export class ForgetSimulationsHandler implements ICommandHandler<ForgetSimulations> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(): Promise<{ more: boolean }> {
    return this.database.transaction(async (tx) => {
      const before = plusMillis(this.clock(), -this.config.TARIFF_SIMULATION_DAYS * DAY);
      const simulationId = await simulationToForget(tx, before);
      if (simulationId === undefined) return { more: false };
      await dropDifferences(tx, simulationId);
      await dropSimulation(tx, simulationId);
      return { more: true };
    });
  }
}
