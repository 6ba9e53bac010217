import { Inject, Injectable } from '@nestjs/common';
import { DATABASE, type Database, type Delivery, type Push, PushQueue } from '@voltledger/platform';
import { BrokerMirror } from '../projections/broker-mirror';
import { evseDataPush, evseStatusPush } from '../projections/push-kinds';

/** Data that was acknowledged lets statuses go; and what changed meanwhile is still to be told. */
@Injectable()
export class RemainingChanges {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(BrokerMirror) private readonly mirror: BrokerMirror,
  ) {}

  /**
   * In a transaction of its own, before the push is settled: settling holds the lock of its own
   * sequence, and waiting there for the other's would lock up with whoever holds them the other way.
   */
  async enqueueAfter({ id, correlationId }: Push, { outcome }: Delivery): Promise<void> {
    if (outcome === 'refused') return;
    await this.database.transaction(async (tx) => {
      const { data, status } = await this.mirror.differences(tx);
      await this.pushes.enqueue(tx, [
        ...(data ? [evseDataPush(id, correlationId)] : []),
        ...(status ? [evseStatusPush(id, correlationId)] : []),
      ]);
    });
  }
}
