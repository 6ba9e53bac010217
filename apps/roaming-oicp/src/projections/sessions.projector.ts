import { Inject } from '@nestjs/common';
import { type SessionEventEnvelope, sessionEvents } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import {
  Consumer,
  type Folded,
  PushQueue,
  type TopicConsumer,
  consuming,
  folded,
  on,
} from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { dueNotifications } from './due-notifications';
import { notificationPushes } from './notification-pushes';
import { PROJECTIONS } from './rebuildable';
import {
  type FollowedSession,
  type RoamingSession,
  followedSession,
  isSomebodyElses,
} from './roaming-session';
import { type SessionRow, Sessions } from './sessions';

const SECOND = 1_000;

/** Follows sessions whose drivers came over Hubject, and tells their EMPs. */
@Consumer()
export class SessionsProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.sessions.group,
    on(sessionEvents, (message, tx) => this.project(message, tx)),
  );

  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  private async project(message: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    if (!('sessionId' in event.data)) return;
    const { sessionId } = event.data;
    const row = await this.sessions.row(sessionId, tx);
    if (row && !row.rebuild && isSomebodyElses(event)) return this.sessions.forget(sessionId, tx);
    const change = folded(row, message, (before) => followedSession(before, event));
    if (change) await this.keep(change, message, row, tx);
  }

  private async keep(
    { kept, isNews }: Folded<FollowedSession>,
    { id, correlationId }: SessionEventEnvelope,
    row: SessionRow | undefined,
    tx: Transaction,
  ): Promise<void> {
    const before = row?.told ?? {};
    if (!isNews || !isRoaming(kept.state)) return this.sessions.save(kept, before, tx);
    const everyMs = this.connection.config.OICP_PROGRESS_EVERY_SECONDS * SECOND;
    const { due, told } = dueNotifications(kept.state, before, everyMs);
    await this.sessions.save(kept, told, tx);
    if (row && row.notificationsOff !== null) return;
    const reason = { cause: id, correlationId };
    await this.pushes.enqueue(tx, notificationPushes(kept.state, due, this.connection, reason));
  }
}

const isRoaming = (session: FollowedSession): session is RoamingSession =>
  session.payer !== undefined;
