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
import { type NotificationPayload } from '../projections/notification-pushes';
import { NOTIFICATION, PROGRESS } from '../projections/push-kinds';

/** Tells the other services what an EMP said when it was told about a session. */
@Injectable()
export class SessionNews {
  constructor(
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(SCOPE) private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Visible when `tx` commits, with the EMP's answer. Pushes about anything else are no news. */
  async publish(push: Push, delivery: Delivery, tx: Transaction): Promise<void> {
    if (push.kind !== NOTIFICATION && push.kind !== PROGRESS) return;
    const { sessionId: id, body } = push.payload as NotificationPayload;
    if (id === undefined) return;
    const sessionId = id as SessionId;
    const told = { sessionId, protocol: 'oicp', at: this.clock(), scope: this.scope } as const;
    const named = { ...push, kind: `${NOTIFICATION} ${body.Type}` };
    await this.bus.publish([pushSettled(named, delivery, told)], tx);
  }
}
