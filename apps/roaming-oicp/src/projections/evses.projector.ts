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
  PushQueue,
  type TopicConsumer,
  consuming,
  folded,
  on,
} from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { brokerLocation } from './broker-location';
import { BrokerMirror } from './broker-mirror';
import { Evses } from './evses';
import { FaultNotifications } from './fault-notifications';
import { evseDataPush, evseStatusPush } from './push-kinds';
import { PROJECTIONS } from './rebuildable';
import { wantedEvse } from './wanted-evse';

/** Keeps what Hubject is to know of our EVSEs; what differs from what it knows becomes a push. */
@Consumer()
export class EvsesProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.evses.group,
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
    const { data } = message.event;
    const locationId = 'location' in data ? data.location.locationId : data.locationId;
    const row = await this.evses.location(locationId, tx);
    const change = folded(row, message, (before) => brokerLocation(before, message.event));
    if (!change) return;
    await this.evses.saveLocation(change.kept, tx);
    if (change.kept.rebuild) return;
    await this.want(change.kept.state, message, row?.rebuild !== undefined, tx);
    await this.tell(message, change.isNews, tx);
  }

  /** After a status one EVSE is written, else all of the location's. */
  private async want(
    location: Location,
    { event }: LocationEventEnvelope,
    isRebuilt: boolean,
    tx: Transaction,
  ): Promise<void> {
    const wanted = (evse: Evse) => wantedEvse(location, evse, this.connection);
    if (event.type === 'LocationChanged' || isRebuilt)
      return this.evses.replace(location.locationId, location.evses.map(wanted), tx);
    const changed = location.evses.find(({ evseUid }) => evseUid === event.data.evseUid);
    if (changed) await this.evses.save(location.locationId, wanted(changed), tx);
  }

  private async tell(
    { event, id, correlationId }: LocationEventEnvelope,
    isNews: boolean,
    tx: Transaction,
  ): Promise<void> {
    const reason = { cause: id, correlationId };
    const faults =
      isNews && event.type === 'EvseStatusChanged'
        ? await this.faults.pushesFor(event.data, reason, tx)
        : [];
    const { locationId } = 'location' in event.data ? event.data.location : event.data;
    const { data, status } = await this.mirror.differences(tx, locationId);
    await this.pushes.enqueue(tx, [
      ...(data ? [evseDataPush(id, correlationId)] : []),
      ...(status ? [evseStatusPush(id, correlationId)] : []),
      ...faults,
    ]);
  }
}
