import { type SessionEventEnvelope, sessionEvents } from '@voltledger/contracts';
import { type SessionId, type Transaction, UnreadableMessage } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { PROJECTIONS } from './rebuildable';
import { sessionChange } from './session-change';
import { keepChange } from './sessions.table';

/** Keeps one row per session, for the operator. It sends nothing, so a rebuild sends nothing. */
@Consumer()
export class SessionsProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.sessions.group,
    on(sessionEvents, (message, tx) => this.receive(message, tx)),
  );

  private async receive(message: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const { event, key, revision, recordedAt } = message;
    const change = sessionChange(event);
    if (!change) return;
    if (revision === undefined) throw new UnreadableMessage(`${event.type} carries no revision`);
    await keepChange(tx, { sessionId: key as SessionId, revision, changedAt: recordedAt }, change);
  }
}
