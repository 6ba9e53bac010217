import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Tariff } from '@voltledger/contracts';
import {
  type Aggregates,
  type Cause,
  type Clock,
  type TariffId,
  decideOn,
} from '@voltledger/kernel';
import { AGGREGATES, CLOCK, DATABASE, type Database } from '@voltledger/platform';
import { type OwnTariff, type TariffCommand, tariff as ownTariff } from '../domain/tariff';
import { tariffKey } from '../domain/tariff-book';
import { tariffUnknown } from '../domain/errors';
import { type TariffWarning, warningsOf } from '../domain/tariff-warnings';
import { keepTariff, keepWithdrawal } from '../tables/tariffs';

export interface Published {
  readonly tariff: Tariff;
  readonly version: number;
  readonly warnings: readonly TariffWarning[];
}

/** A tariff as we publish it, or the next version of it. */
export class PublishTariff extends Command<Published> {
  constructor(
    readonly tariff: Omit<Tariff, 'updatedAt'>,
    readonly cause: Cause,
  ) {
    super();
  }
}

/** No session starts under it any more; those that did keep it. */
export class WithdrawTariff extends Command<void> {
  constructor(
    readonly tariffId: TariffId,
    readonly cause: Cause,
  ) {
    super();
  }
}

class OwnTariffs {
  constructor(
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    @Inject(DATABASE) protected readonly database: Database,
    @Inject(CLOCK) protected readonly clock: Clock,
  ) {}

  protected async decide(
    tariffId: TariffId,
    command: TariffCommand,
    cause: Cause,
  ): Promise<Exclude<OwnTariff, { status: 'unknown' }>> {
    const id = tariffKey(tariffId);
    const { state } = await decideOn(this.aggregates, ownTariff, id, command, cause);
    if (state.status === 'unknown') throw tariffUnknown(tariffId);
    return state;
  }
}

@CommandHandler(PublishTariff)
export class PublishTariffHandler extends OwnTariffs implements ICommandHandler<PublishTariff> {
  /** @throws DomainError TARIFF_INVALID */
  async execute({ tariff: draft, cause }: PublishTariff): Promise<Published> {
    const command = { type: 'PublishTariff', tariff: draft, at: this.clock() } as const;
    const { tariff, version } = await this.decide(draft.tariffId, command, cause);
    // The projector does the same; whoever was answered finds the tariff at once.
    await this.database.transaction((tx) => keepTariff(tx, tariff, version));
    return { tariff, version, warnings: warningsOf(draft) };
  }
}

@CommandHandler(WithdrawTariff)
export class WithdrawTariffHandler extends OwnTariffs implements ICommandHandler<WithdrawTariff> {
  /** @throws DomainError TARIFF_UNKNOWN, TARIFF_WITHDRAWN */
  async execute({ tariffId, cause }: WithdrawTariff): Promise<void> {
    const at = this.clock();
    await this.decide(tariffId, { type: 'WithdrawTariff', tariffId, at }, cause);
    await this.database.transaction((tx) => keepWithdrawal(tx, tariffId, at));
  }
}
