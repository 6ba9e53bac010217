import { Inject, Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { type Delivery, type Push, PushQueue } from '@voltledger/platform';
import { BrokerMirror } from '../projections/broker-mirror';
import { evseDataPush, evseStatusPush } from '../projections/push-kinds';

type Deliver = (push: Push, signal: AbortSignal) => Promise<Delivery>;

/** Data that was acknowledged lets statuses go; and what changed meanwhile is still to be told. */
@Injectable()
export class RemainingChanges {
  constructor(
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(BrokerMirror) private readonly mirror: BrokerMirror,
  ) {}

  /** The delivery, followed by pushes of what it left. */
  after(delivery: { deliver: Deliver }) {
    return {
      deliver: ((push, signal) => delivery.deliver(push, signal)) satisfies Deliver,
      settled: async ({ id, correlationId }: Push, { outcome }: Delivery, tx: Transaction) => {
        if (outcome === 'refused') return;
        const { data, status } = await this.mirror.differences(tx);
        await this.pushes.enqueue(tx, [
          ...(data ? [evseDataPush(id, correlationId)] : []),
          ...(status ? [evseStatusPush(id, correlationId)] : []),
        ]);
      },
    };
  }
}
