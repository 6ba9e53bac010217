import { Inject, Injectable } from '@nestjs/common';
import {
  type CellEvent,
  type LocationEvent,
  type StationEvent,
  cellEvents,
  locationEvents,
  messageFor,
  stationEvents,
} from '@voltledger/contracts';
import {
  type Clock,
  type MessageBus,
  type OutgoingMessage,
  type Transaction,
} from '@voltledger/kernel';
import { CLOCK, MESSAGE_BUS, SCOPE, type Scope } from '@voltledger/platform';

/** What makes a message recognisable, and which story it belongs to. */
export interface Identity {
  /** The same when the same fact is reported again. */
  readonly id: string;
  readonly correlationId: string;
}

/** Publishes what stations tell, and what becomes of locations. */
@Injectable()
export class StationEvents {
  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SCOPE) private readonly scope: Scope,
  ) {}

  /** Durable when it resolves; with `tx`, when that commits. */
  publish(event: StationEvent, identity: Identity, tx?: Transaction): Promise<void> {
    return this.bus.publish([this.message(event, identity)], tx);
  }

  publishLocation(tx: Transaction, event: LocationEvent, identity: Identity): Promise<void> {
    const key =
      event.type === 'LocationChanged' ? event.data.location.locationId : event.data.locationId;
    return this.bus.publish(
      [messageFor(locationEvents, { ...this.origin(identity), key, event })],
      tx,
    );
  }

  publishMove(tx: Transaction, event: CellEvent, identity: Identity): Promise<void> {
    const key = event.data.stationId;
    return this.bus.publish([messageFor(cellEvents, { ...this.origin(identity), key, event })], tx);
  }

  private message(event: StationEvent, identity: Identity): OutgoingMessage {
    const key = event.data.stationId;
    return messageFor(stationEvents, { ...this.origin(identity), key, event });
  }

  /** Nothing of ours came before what a station says: it is its own cause. */
  private origin({ id, correlationId }: Identity) {
    return { id, correlationId, causationId: id, ...this.scope, recordedAt: this.clock() };
  }
}
