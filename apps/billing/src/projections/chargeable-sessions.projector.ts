import { Inject } from '@nestjs/common';
import {
  type SessionEventEnvelope,
  type TariffEventEnvelope,
  sessionEvents,
  tariffEvents,
} from '@voltledger/contracts';
import {
  type Cause,
  type Clock,
  type SessionId,
  type Transaction,
  UnreadableMessage,
} from '@voltledger/kernel';
import { CLOCK, Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import {
  type ChargeableSession,
  afterSessionEvent,
  isBilled,
  unknownSession,
} from './chargeable-session';
import { lockedSession, saveSession } from './chargeable-sessions.table';
import { PROJECTIONS } from './rebuildable';
import { afterTariffEvent, isPricing } from './session-prices';

/** Joins what session and tariff say into one row per session, and marks it for settlement. */
@Consumer()
export class ChargeableSessionsProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS['chargeable-sessions'].group,
    on(sessionEvents, (message, tx) => this.hearSession(message, tx)),
    on(tariffEvents, (message, tx) => this.hearTariff(message, tx)),
  );

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  private async hearSession(message: SessionEventEnvelope, tx: Transaction): Promise<void> {
    const { event, revision } = message;
    if (!isBilled(event)) return;
    if (revision === undefined)
      throw new UnreadableMessage(`${event.type} carries no revision: its place is not known`);
    await this.change(event.data.sessionId, causeOf(message), tx, (session) =>
      afterSessionEvent(session, event, revision),
    );
  }

  private async hearTariff(message: TariffEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    if (!isPricing(event)) return;
    await this.change(event.data.sessionId, causeOf(message), tx, (session) =>
      afterTariffEvent(session, event, message.id),
    );
  }

  private async change(
    sessionId: SessionId,
    cause: Cause,
    tx: Transaction,
    fold: (session: ChargeableSession) => ChargeableSession,
  ): Promise<void> {
    const at = this.clock();
    const before = await lockedSession(tx, unknownSession(sessionId), cause, at);
    const after = fold(before);
    if (after !== before) await saveSession(tx, after, cause, at);
  }
}

const causeOf = ({
  id,
  correlationId,
  tenant,
  region,
}: SessionEventEnvelope | TariffEventEnvelope) => ({
  ...{ causationId: id, correlationId, tenant, region },
});
