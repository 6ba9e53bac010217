import { Inject, Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { type Delivery, type Push } from '@voltledger/platform';
import {
  CHARGE_RECORD,
  EVSE_DATA,
  EVSE_STATUS,
  NOTIFICATION,
  PROGRESS,
} from '../projections/push-kinds';
import { ChargeRecordDelivery } from './charge-record.delivery';
import { EvseDataDelivery } from './evse-data.delivery';
import { EvseStatusDelivery } from './evse-status.delivery';
import { NotificationDelivery } from './notification.delivery';
import { RemainingChanges } from './remaining-changes';

/** Who delivers what, and what follows. */
@Injectable()
export class Deliveries {
  constructor(
    @Inject(EvseDataDelivery) private readonly evseData: EvseDataDelivery,
    @Inject(EvseStatusDelivery) private readonly evseStatus: EvseStatusDelivery,
    @Inject(NotificationDelivery) private readonly notifications: NotificationDelivery,
    @Inject(ChargeRecordDelivery) private readonly chargeRecords: ChargeRecordDelivery,
    @Inject(RemainingChanges) private readonly remaining: RemainingChanges,
  ) {}

  async deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    switch (push.kind) {
      case EVSE_DATA:
        return this.brought(push, await this.evseData.deliver(push, signal));
      case EVSE_STATUS:
        return this.brought(push, await this.evseStatus.deliver(push, signal));
      case NOTIFICATION:
      case PROGRESS:
        return this.notifications.deliver(push, signal);
      case CHARGE_RECORD:
        return this.chargeRecords.deliver(push, signal);
      default:
        throw new Error(`nobody delivers pushes of kind ${push.kind}`);
    }
  }

  async settled(push: Push, delivery: Delivery, tx: Transaction): Promise<void> {
    if (push.kind === CHARGE_RECORD) await this.chargeRecords.settled(push, delivery, tx);
  }

  private async brought(push: Push, delivery: Delivery): Promise<Delivery> {
    await this.remaining.enqueueAfter(push, delivery);
    return delivery;
  }
}
