import { Inject } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import {
  DATABASE,
  type Database,
  type Delivery,
  type Push,
  PushWorker,
  REPORTS,
  type Reports,
  Worker,
} from '@voltledger/platform';
import { Deliveries } from './deliveries';
import { SessionNews } from './session-news';

/** Takes what Hubject is to be told from its rows, and tells it. */
@Worker()
export class OicpPushWorker extends PushWorker {
  readonly schema = 'roaming_oicp';

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(REPORTS) reports: Reports,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
    @Inject(SessionNews) private readonly sessionNews: SessionNews,
  ) {
    super(database, reports);
  }

  protected override deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    return this.deliveries.deliver(push, signal);
  }

  protected override async settled(push: Push, delivery: Delivery, tx: Transaction): Promise<void> {
    await this.deliveries.settled(push, delivery, tx);
    await this.sessionNews.publish(push, delivery, tx);
  }
}
