import { Inject, Injectable } from '@nestjs/common';
import { type RoamingEvent, messageFor, roamingEvents } from '@voltledger/contracts';
import { type Cause, type Clock, type MessageBus, type Transaction } from '@voltledger/kernel';
import { CLOCK, MESSAGE_BUS, SCOPE, type Scope } from '@voltledger/platform';

export interface News extends Pick<Cause, 'causationId' | 'correlationId'> {
  /** Derived from the fact, so that a repeat is recognised. */
  readonly id: string;
  /** The station where it concerns one, else the partner. */
  readonly key: string;
  readonly event: RoamingEvent;
}

/** Tells the other services what partners want, said, or were told. */
@Injectable()
export class RoamingNews {
  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(SCOPE) private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async publish(news: News, tx: Transaction): Promise<void> {
    const message = messageFor(roamingEvents, {
      ...news,
      ...this.scope,
      recordedAt: this.clock(),
    });
    await this.bus.publish([message], tx);
  }
}
