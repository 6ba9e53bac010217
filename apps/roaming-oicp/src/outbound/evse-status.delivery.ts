import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@voltledger/kernel';
import { type ActionType, type Answer } from '@voltledger/oicp';
import { CLOCK, type Delivery, type Push } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { BrokerMirror, type StatusToPush } from '../projections/broker-mirror';
import { FullLoads } from '../projections/full-loads';
import { Broker } from './broker';
import { deliveryOf, notNow } from './delivery';

const BATCH = 100;
/** Then the rest goes with the next push: a delivery has an end. */
const DELIVERY_MS_MAX = 30_000;
const DATA_TRANSACTION_ERROR = '009';
const ABOUT_A_RECORD = [DATA_TRANSACTION_ERROR, '018', '022'];

interface Sent {
  readonly push: Push;
  readonly signal: AbortSignal;
}

/**
 * Tells the broker the newest status of each EVSE, one by one and one after the other
 * (OICP-STA-02, -03). What changed several times meanwhile is told once.
 */
@Injectable()
export class EvseStatusDelivery {
  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(BrokerMirror) private readonly mirror: BrokerMirror,
    @Inject(FullLoads) private readonly loads: FullLoads,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    const sent = { push, signal };
    const { due } = await this.loads.of('evse-status');
    const loaded = due ? await this.loadAll(sent) : undefined;
    return loaded ?? this.bringEach(sent);
  }

  private async loadAll(sent: Sent): Promise<Delivery | undefined> {
    const statuses = await this.mirror.wantedStatuses();
    if (statuses.length === 0) return undefined;
    const answer = await this.send('fullLoad', statuses, sent);
    if (isTransactionError(answer)) throw notNow(answer);
    if (answer.outcome !== 'accepted') return deliveryOf(answer, this.connection.oicp);
    await this.mirror.acknowledgeStatuses(statuses);
    await this.loads.done('evse-status', this.clock());
    return undefined;
  }

  private async bringEach(sent: Sent): Promise<Delivery> {
    const end = performance.now() + DELIVERY_MS_MAX;
    for (;;) {
      const statuses = await this.mirror.statuses(BATCH);
      for (const status of statuses) {
        const refused = await this.bring(status, sent);
        if (refused) return refused;
        if (performance.now() > end) return { outcome: 'delivered' };
      }
      if (statuses.length < BATCH) return { outcome: 'delivered' };
    }
  }

  private async bring(status: StatusToPush, sent: Sent): Promise<Delivery | undefined> {
    const action = status.isKnown ? 'update' : 'insert';
    const answer = await this.send(action, [status], sent);
    if (isTransactionError(answer) && sent.push.attempt === 1) throw notNow(answer);
    const settled = isTransactionError(answer)
      ? await this.send(status.isKnown ? 'insert' : 'update', [status], sent)
      : answer;
    if (settled.outcome === 'accepted') {
      await this.mirror.acknowledgeStatuses([status]);
      return undefined;
    }
    const verdict = deliveryOf(settled, this.connection.oicp);
    if (verdict.outcome !== 'refused' || !ABOUT_A_RECORD.includes(verdict.code)) return verdict;
    await this.mirror.refuseStatus(status, `${verdict.code} ${verdict.detail}`);
    return undefined;
  }

  private async send(
    action: ActionType,
    statuses: readonly StatusToPush[],
    { push, signal }: Sent,
  ): Promise<Answer<object>> {
    const body = this.connection.oicp.evseStatusPushOf(action, statuses, this.connection.operator);
    const { correlationId } = push;
    const options = { signal, correlationId };
    return this.broker.callInTurn(
      'pushEvseStatus',
      body,
      this.connection.oicp.acknowledgementIn,
      options,
    );
  }
}

const isTransactionError = (answer: Answer<object>): boolean =>
  answer.outcome === 'refused' && answer.code === DATA_TRANSACTION_ERROR;
