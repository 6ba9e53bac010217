import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type MessageBus, type SessionId, type Transaction } from '@voltledger/kernel';
import {
  CLOCK,
  type Delivery,
  MESSAGE_BUS,
  type Push,
  SCOPE,
  type Scope,
  pushSettled,
} from '@voltledger/platform';

/** Tells the other services what a partner said when it was told about a session. */
@Injectable()
export class SessionNews {
  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(SCOPE) private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Visible when `tx` commits, with the partner's answer. Pushes about anything else are no news. */
  async publish(push: Push, delivery: Delivery, tx: Transaction): Promise<void> {
    const { sessionId } = push.payload as { readonly sessionId?: SessionId };
    if (sessionId === undefined) return;
    const told = { sessionId, protocol: 'ocpi', at: this.clock(), scope: this.scope } as const;
    await this.bus.publish([pushSettled(push, delivery, told)], tx);
  }
}
