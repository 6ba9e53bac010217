import { Inject, Injectable } from '@nestjs/common';
import { type LocationEvent } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { type NewPush } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { notificationPush, notifiedSession } from './notification-pushes';
import { Sessions } from './sessions';

type StatusChange = Extract<LocationEvent, { type: 'EvseStatusChanged' }>['data'];

/** An EVSE that breaks down while a Hubject partner's driver charges there (part 22.9). */
@Injectable()
export class FaultNotifications {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async pushesFor(
    { evseUid, evseId, status }: StatusChange,
    reason: { readonly cause: string; readonly correlationId: string },
    tx: Transaction,
  ): Promise<NewPush[]> {
    if (status !== 'OUTOFORDER') return [];
    const open = await this.sessions.openAt(evseUid, tx);
    return open.map((session) => {
      const notified = notifiedSession(session, this.connection);
      const detail = `${evseId} reports a fault.`;
      const body = this.connection.oicp.errorNotificationOf(notified, 'CriticalError', detail);
      return notificationPush(session, body, reason, session.sessionId);
    });
  }
}
