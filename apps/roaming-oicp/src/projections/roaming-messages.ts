import { Inject, Injectable } from '@nestjs/common';
import {
  type Authorization,
  type Refusal,
  type RoamingEvent,
  messageFor,
  roamingEvents,
} from '@voltledger/contracts';
import { type Clock, type MessageBus, type StationId, type Transaction } from '@voltledger/kernel';
import { CLOCK, MESSAGE_BUS, SCOPE, type Scope, derivedUuid } from '@voltledger/platform';

/** What a message follows from, and the story it belongs to. */
export interface Reason {
  readonly causationId: string;
  readonly correlationId: string;
}

/** What we tell the other services. */
@Injectable()
export class RoamingMessages {
  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SCOPE) private readonly scope: Scope,
  ) {}

  /** The same event of the same cause is the same message. */
  async publish(event: RoamingEvent, key: string, reason: Reason, tx: Transaction): Promise<void> {
    const id = derivedUuid('roaming-oicp', event.type, key, reason.causationId);
    const recordedAt = this.clock();
    const { causationId, correlationId } = reason;
    const publication = { id, key, event, recordedAt, causationId, correlationId, ...this.scope };
    await this.bus.publish([messageFor(roamingEvents, publication)], tx);
  }

  /** A driver waits at a station for this. */
  async answer(
    asked: { requestId: string; stationId: StationId; correlationId: string },
    answer: Authorization | Refusal,
    tx: Transaction,
  ): Promise<void> {
    const { requestId, stationId, correlationId } = asked;
    const event: RoamingEvent = {
      type: 'RoamingAuthorizationAnswered',
      data: {
        requestId,
        stationId,
        answer:
          typeof answer === 'string'
            ? { status: 'refused', refusal: answer }
            : { status: 'accepted', authorization: answer },
        at: this.clock(),
      },
    };
    await this.publish(event, stationId, { causationId: requestId, correlationId }, tx);
  }
}
