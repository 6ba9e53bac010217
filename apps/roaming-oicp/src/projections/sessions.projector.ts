import { Inject } from '@nestjs/common';
import {
  type Authorization,
  type SessionEventEnvelope,
  sessionEvents,
} from '@voltledger/contracts';
import { type SessionId, type Transaction } from '@voltledger/kernel';

import { Consumer, PushQueue, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { dueNotifications } from './due-notifications';
import { notificationPushes } from './notification-pushes';
import {
  type RoamingSession,
  type StartedSession,
  openedBy,
  roamingSession,
} from './roaming-session';
import { Sessions } from './sessions';

const SECOND = 1_000;

type Event = SessionEventEnvelope['event'];
type Followed = Extract<Event, { type: (typeof FOLLOWED)[number] }>;

const FOLLOWED = [
  'SessionPlaced',
  'MeterValueRecorded',
  'ChargingStateChanged',
  'SessionEnded',
  'SessionClosedByEstimate',
] as const;

const isFollowed = (event: Event): event is Followed =>
  FOLLOWED.some((type) => type === event.type);

/** Follows sessions whose drivers came over Hubject, and tells their EMPs. */
@Consumer()
export class SessionsProjector implements TopicConsumer {
  readonly subscription = consuming(
    'roaming-oicp.sessions',
    on(sessionEvents, (message, tx) => this.project(message, tx)),
  );

  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  private async project(message: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    if (event.type === 'SessionStarted')
      await this.open(event.data, event.data.authorization, message, tx);
    else if (event.type === 'SessionAuthorized') await this.authorize(event.data, message, tx);
    else if (isFollowed(event)) await this.follow(event, message, tx);
  }

  private async open(
    started: StartedSession,
    authorization: Authorization | undefined,
    message: SessionEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    const { sessionId, startedAt, place, meterStart } = started;
    const session = openedBy(started, authorization?.payer);
    if (session) await this.keep(session, message, tx);
    else if (!authorization)
      await this.sessions.save({ sessionId, startedAt, place, meterStart }, {}, tx);
  }

  /** Somebody vouches for the token only now: a partner of Hubject's, or somebody else. */
  private async authorize(
    { sessionId, authorization }: { sessionId: SessionId; authorization: Authorization },
    message: SessionEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    const row = await this.sessions.row(sessionId, tx);
    if (!row) return;
    const session = openedBy(row.state, authorization.payer);
    if (session) await this.keep(session, message, tx);
    else await this.sessions.forget(sessionId, tx);
  }

  private async follow(
    event: Followed,
    message: SessionEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    const row = await this.sessions.row(event.data.sessionId, tx);
    if (!row) return;
    const { state, told } = row;
    if (state.payer) await this.keep(roamingSession(state, event), message, tx, row);
    else if (event.type === 'SessionPlaced')
      await this.sessions.save({ ...state, place: event.data.place }, told, tx);
  }

  private async keep(
    session: RoamingSession,
    { id, correlationId }: SessionEventEnvelope,
    tx: Transaction,
    row: { told: object; notificationsOff: string | null } = { told: {}, notificationsOff: null },
  ): Promise<void> {
    const everyMs = this.connection.config.OICP_PROGRESS_EVERY_SECONDS * SECOND;
    const { due, told } = dueNotifications(session, row.told, everyMs);
    await this.sessions.save(session, told, tx);
    if (row.notificationsOff !== null) return;
    const protocol = this.connection;
    const reason = { cause: id, correlationId };
    await this.pushes.enqueue(tx, notificationPushes(session, due, protocol, reason));
  }
}
