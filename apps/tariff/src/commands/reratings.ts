import { Inject, Injectable } from '@nestjs/common';
import {
  type Aggregates,
  type Cause,
  type Clock,
  type Transaction,
  currently,
  decideOn,
} from '@voltledger/kernel';
import {
  AGGREGATES,
  CLOCK,
  DATABASE,
  type Database,
  SCOPE,
  type Scope,
  derivedUuid,
} from '@voltledger/platform';
import { reratingUnknown } from '../domain/errors';
import { type Rerating, type ReratingCommand, rerating } from '../domain/rerating';
import { type KeptRerating, keepRerating } from '../tables/reratings';

type Known = Exclude<Rerating, { status: 'unknown' }>;

/** Re-ratings: their streams, and the row that each is folded into. */
@Injectable()
export class Reratings {
  constructor(
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SCOPE) private readonly scope: Scope,
  ) {}

  now() {
    return this.clock();
  }

  /** Whoever was answered finds it at once; the relay brings the row up to date as well. */
  async decide(command: ReratingCommand, cause: Cause): Promise<Known> {
    const { reratingId } = command;
    const { state, revision } = await decideOn(
      ...[this.aggregates, rerating, reratingId, command, cause],
    );
    if (state.status === 'unknown') throw reratingUnknown(reratingId);
    await this.database.transaction((tx) => keepRerating(tx, keptOf(state), revision));
    return state;
  }

  /** A step of its own accord: the same one has the same cause, whoever comes to it. */
  async goOn(command: ReratingCommand): Promise<void> {
    const { type, reratingId } = command;
    const { tenant, region } = this.scope;
    const causationId = derivedUuid('rerating', reratingId, type);
    await this.decide(command, { causationId, correlationId: reratingId, tenant, region });
  }

  /** As its stream has it: for a row that a crash left behind. */
  async refresh(reratingId: string, tx: Transaction): Promise<void> {
    const { state, revision } = await currently(this.aggregates, rerating, reratingId);
    if (state.status !== 'unknown') await keepRerating(tx, keptOf(state), revision);
  }
}

const keptOf = (state: Known): KeptRerating => state;
