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

/** How one kind of push is delivered, and what follows. */
interface KindOfDelivery {
  deliver(push: Push, signal: AbortSignal): Promise<Delivery>;
  settled(push: Push, delivery: Delivery, tx: Transaction): Promise<void>;
}

/** Who delivers what. */
@Injectable()
export class Deliveries {
  private readonly byKind: ReadonlyMap<string, KindOfDelivery>;

  constructor(
    @Inject(EvseDataDelivery) evseData: EvseDataDelivery,
    @Inject(EvseStatusDelivery) evseStatus: EvseStatusDelivery,
    @Inject(NotificationDelivery) notifications: NotificationDelivery,
    @Inject(ChargeRecordDelivery) chargeRecords: ChargeRecordDelivery,
    @Inject(RemainingChanges) remaining: RemainingChanges,
  ) {
    this.byKind = new Map<string, KindOfDelivery>([
      [EVSE_DATA, remaining.after(evseData)],
      [EVSE_STATUS, remaining.after(evseStatus)],
      [NOTIFICATION, notifications],
      [PROGRESS, notifications],
      [CHARGE_RECORD, chargeRecords],
    ]);
  }

  /** @throws Error for a kind that nobody delivers: our bug. */
  of({ kind }: Push): KindOfDelivery {
    const delivery = this.byKind.get(kind);
    if (!delivery) throw new Error(`nobody delivers pushes of kind ${kind}`);
    return delivery;
  }
}
