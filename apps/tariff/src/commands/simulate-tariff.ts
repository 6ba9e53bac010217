import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type PastSessions, type Tariff } from '@voltledger/contracts';
import { type Cause, type Clock } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database, contentHash, derivedUuid } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { afirFindings, partsInOrder } from '../domain/afir-check';
import {
  simulationUnknown,
  tariffInvalid,
  tooManySessions,
  tooManySimulations,
} from '../domain/errors';
import { refusalsOf } from '../domain/tariff-refusals';
import { warningsOf } from '../domain/tariff-warnings';
import { countPastSessions } from '../tables/past-sessions';
import {
  finishSimulation,
  keepSimulation,
  runningSimulations,
  simulationById,
} from '../tables/simulations';

/** What sessions of the past would have cost under a draft. */
export class SimulateTariff extends Command<string> {
  constructor(
    readonly tariff: Tariff,
    readonly sessions: PastSessions,
    readonly by: string,
    readonly cause: Cause,
  ) {
    super();
  }
}

/** Nobody waits for it any more. One that is over stays as it is. */
export class CancelSimulation extends Command<void> {
  constructor(readonly simulationId: string) {
    super();
  }
}

@CommandHandler(SimulateTariff)
export class SimulateTariffHandler implements ICommandHandler<SimulateTariff> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws DomainError TARIFF_INVALID, TOO_MANY_SESSIONS, TOO_MANY_SIMULATIONS */
  execute({ tariff, sessions, by, cause }: SimulateTariff): Promise<string> {
    const broken = refusalsOf(tariff);
    if (broken.length > 0) throw tariffInvalid(tariff.tariffId, broken);
    const simulationId = derivedUuid('simulation', cause.causationId);
    const { TARIFF_REPRICED_SESSIONS_MAX: most, TARIFF_SIMULATIONS_MAX: atOnce } = this.config;
    return this.database.transaction(async (tx) => {
      if (await simulationById(tx, simulationId)) return simulationId;
      if ((await runningSimulations(tx)) >= atOnce) throw tooManySimulations(atOnce);
      const total = await countPastSessions(tx, sessions, most);
      if (total > most) throw tooManySessions(total, most);
      const asked = {
        ...{ tariff, contentHash: contentHash(tariff), sessions, by },
        ...{
          warnings: warningsOf(tariff),
          afir: afirFindings(tariff),
          parts: partsInOrder(tariff),
        },
      };
      await keepSimulation(tx, { simulationId, asked, total, createdAt: this.clock() });
      return simulationId;
    });
  }
}

@CommandHandler(CancelSimulation)
export class CancelSimulationHandler implements ICommandHandler<CancelSimulation> {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError SIMULATION_UNKNOWN */
  execute({ simulationId }: CancelSimulation): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!(await simulationById(tx, simulationId))) throw simulationUnknown(simulationId);
      await finishSimulation(tx, simulationId, 'cancelled', this.clock());
    });
  }
}
