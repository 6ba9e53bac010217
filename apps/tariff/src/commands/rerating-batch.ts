import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Transaction } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { type ReratingCommand } from '../domain/rerating';
import { differenceSummary, progressCounts } from '../tables/difference-summary';
import { isAwaitingAnswers } from '../tables/rerated-sessions';
import { type ReratingRow, keepReratingProgress } from '../tables/reratings';
import { ReratedSessions } from './rerated-sessions';
import { RepricingPass } from './repricing-pass';

/** What a batch leads to: more batches, or the end of this part of the re-rating. */
export type Worked = 'more' | 'waiting' | ReratingCommand;

/** Some sessions of a re-rating, in whatever it is at. */
@Injectable()
export class ReratingBatch {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly pass: RepricingPass,
    private readonly rerated: ReratedSessions,
  ) {}

  work(row: ReratingRow, tx: Transaction): Promise<Worked> {
    const { status } = row.rerating;
    if (status === 'computing') return this.compute(row, tx);
    if (status === 'approved') return this.publish(row, tx);
    return this.settle(row, tx);
  }

  private async compute(
    { rerating, done, position }: ReratingRow,
    tx: Transaction,
  ): Promise<Worked> {
    const { reratingId } = rerating;
    const step = await this.pass.step(
      {
        ...{ ...rerating, workId: reratingId, done, position },
        progressOf: (outcome) =>
          outcome === 'changed' || outcome === 'first-price' ? 'due' : undefined,
      },
      tx,
    );
    await keepReratingProgress(tx, reratingId, step, this.clock());
    if (step.more) return 'more';
    const { revenue } = await differenceSummary(tx, reratingId);
    const { due: changing = 0 } = await progressCounts(tx, reratingId);
    const at = this.clock();
    return { type: 'FinishComputing', reratingId, rated: step.done, changing, revenue, at };
  }

  private async publish(row: ReratingRow, tx: Transaction): Promise<Worked> {
    const { reratingId } = row.rerating;
    const told = await this.rerated.tell(row.rerating, tx);
    await keepReratingProgress(tx, reratingId, row, this.clock());
    if (told > 0) return 'more';
    const {
      published = 0,
      reissued = 0,
      refused = 0,
      skipped = 0,
    } = await progressCounts(...[tx, reratingId]);
    const all = published + reissued + refused;
    return { type: 'FinishPublishing', reratingId, published: all, skipped, at: this.clock() };
  }

  private async settle(row: ReratingRow, tx: Transaction): Promise<Worked> {
    const { reratingId } = row.rerating;
    await keepReratingProgress(tx, reratingId, row, this.clock());
    if (await isAwaitingAnswers(tx, reratingId)) return 'waiting';
    const { reissued = 0, refused = 0 } = await progressCounts(tx, reratingId);
    return { type: 'SettleRerating', reratingId, reissued, refused, at: this.clock() };
  }
}
