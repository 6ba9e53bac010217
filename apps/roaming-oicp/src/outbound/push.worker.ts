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

/** Takes what Hubject is to be told from its rows, and tells it. */
@Worker()
export class OicpPushWorker extends PushWorker {
  readonly schema = 'roaming_oicp';

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(REPORTS) reports: Reports,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
  ) {
    super(database, reports);
  }

  protected override deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    return this.deliveries.deliver(push, signal);
  }

  protected override settled(push: Push, delivery: Delivery, tx: Transaction): Promise<void> {
    return this.deliveries.settled(push, delivery, tx);
  }
}
