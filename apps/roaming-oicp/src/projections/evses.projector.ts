import { Inject } from '@nestjs/common';
import {
  type Evse,
  type Location,
  type LocationEventEnvelope,
  locationEvents,
} from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';

import {
  Consumer,
  type NewPush,
  PushQueue,
  type TopicConsumer,
  consuming,
  on,
} from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { BrokerMirror } from './broker-mirror';
import { Evses } from './evses';
import { FaultNotifications } from './fault-notifications';
import { evseDataPush, evseStatusPush } from './push-kinds';
import { type WantedEvse, wantedEvse } from './wanted-evse';

type DataOf<Type extends LocationEventEnvelope['event']['type']> = Extract<
  LocationEventEnvelope['event'],
  { type: Type }
>['data'];

/** Keeps what Hubject is to know of our EVSEs; what differs from what it knows becomes a push. */
@Consumer()
export class EvsesProjector implements TopicConsumer {
  readonly subscription = consuming(
    'roaming-oicp.evses',
    on(locationEvents, (message, tx) => this.project(message, tx)),
  );

  constructor(
    @Inject(Evses) private readonly evses: Evses,
    @Inject(BrokerMirror) private readonly mirror: BrokerMirror,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(FaultNotifications) private readonly faults: FaultNotifications,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  private async project(message: LocationEventEnvelope, tx: Transaction): Promise<void> {
    const { event, id, correlationId } = message;
    const told: NewPush[] = [];
    switch (event.type) {
      case 'LocationChanged':
        await this.change(event.data, tx);
        break;
      case 'EvseStatusChanged': {
        const isNews = await this.changeStatus(event.data, tx);
        const reason = { cause: id, correlationId };
        if (isNews) told.push(...(await this.faults.pushesFor(event.data, reason, tx)));
        break;
      }
    }
    const { locationId } = 'location' in event.data ? event.data.location : event.data;
    const { data, status } = await this.mirror.differences(tx, locationId);
    await this.pushes.enqueue(tx, [
      ...(data ? [evseDataPush(id, correlationId)] : []),
      ...(status ? [evseStatusPush(id, correlationId)] : []),
      ...told,
    ]);
  }

  private wanted(location: Location, evse: Evse): WantedEvse {
    return wantedEvse(location, evse, this.connection);
  }

  private async change({ location }: DataOf<'LocationChanged'>, tx: Transaction): Promise<void> {
    await this.evses.saveLocation(location, tx);
    const wanted = location.evses.map((evse) => this.wanted(location, evse));
    await this.evses.replace(location.locationId, wanted, tx);
  }

  /**
   * Stations report late and out of order: the newest by their own time counts (OICP-STA-08).
   *
   * @returns whether it is newer than what was known.
   */
  private async changeStatus(
    { locationId, evseId, evseUid, status, at }: DataOf<'EvseStatusChanged'>,
    tx: Transaction,
  ): Promise<boolean> {
    const location = await this.evses.location(locationId, tx);
    const evse = location?.evses.find((each) => each.evseUid === evseUid);
    if (!location || !evse) return false;
    const known = await this.evses.statusAt(evseId, tx);
    if (known !== undefined && known > at) return false;
    const changed = { ...evse, status, updatedAt: at };
    const evses = location.evses.map((each) => (each === evse ? changed : each));
    await this.evses.saveLocation({ ...location, evses }, tx);
    await this.evses.save(locationId, this.wanted(location, changed), tx);
    return true;
  }
}
