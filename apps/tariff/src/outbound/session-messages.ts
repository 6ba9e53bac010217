import { Inject, Injectable } from '@nestjs/common';
import { type TariffEvent, messageFor, tariffEvents } from '@voltledger/contracts';
import { type Clock, type MessageBus, type SessionId, type Transaction } from '@voltledger/kernel';
import { CLOCK, MESSAGE_BUS, SCOPE, type Scope, derivedUuid } from '@voltledger/platform';

export type AboutSession = Extract<
  TariffEvent,
  { type: 'NoTariffFound' | 'SessionPriced' | 'SessionRated' | 'SessionRerated' | 'TariffSelected' }
>;

/** What a message is about and what it came from. */
export interface Origin {
  readonly sessionId: SessionId;
  readonly messageId: string;
  readonly correlationId: string;
}

/** What tariff says about a session; visible when the transaction that decided it commits. */
@Injectable()
export class SessionMessages {
  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SCOPE) private readonly scope: Scope,
  ) {}

  /** The same event from the same origin is the same message, so that a repeat is recognised. */
  async tell(events: readonly AboutSession[], origin: Origin, tx: Transaction): Promise<void> {
    if (events.length === 0) return;
    const { sessionId, messageId, correlationId } = origin;
    const messages = events.map((event) =>
      messageFor(tariffEvents, {
        id: derivedUuid('tariff', event.type, sessionId, messageId),
        ...{ key: sessionId, event, causationId: messageId, correlationId },
        ...{ recordedAt: this.clock(), tenant: this.scope.tenant, region: this.scope.region },
      }),
    );
    await this.bus.publish(messages, tx);
  }
}
