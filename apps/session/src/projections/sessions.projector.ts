import { Inject } from '@nestjs/common';
import { type SessionEventEnvelope, sessionEvents } from '@voltledger/contracts';
import {
  type MessageBus,
  type SessionId,
  type Transaction,
  UnreadableMessage,
} from '@voltledger/kernel';
import {
  Consumer,
  DATABASE,
  type Database,
  MESSAGE_BUS,
  type TopicConsumer,
  consuming,
  on,
} from '@voltledger/platform';
import { sessionChange } from './session-change';
import { keepChange } from './sessions.table';

const GROUP = 'session.sessions';

/** Keeps one row per session, for the operator. It sends nothing, so a rebuild sends nothing. */
@Consumer()
export class SessionsProjector implements TopicConsumer {
  readonly subscription = consuming(
    GROUP,
    on(sessionEvents, (message, tx) => this.receive(message, tx)),
  );

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
  ) {}

  private async receive(message: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const { event, key, revision, recordedAt } = message;
    const change = sessionChange(event);
    if (!change) return;
    if (revision === undefined) throw new UnreadableMessage(`${event.type} carries no revision`);
    await keepChange(tx, { sessionId: key as SessionId, revision, changedAt: recordedAt }, change);
  }

  /** Empties the table and reads every event again, while everything goes on (domain.md 1.13). */
  async rebuild(): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.bus.rewind(GROUP, tx);
      await tx.query(`delete from session.sessions`);
    });
  }
}
