import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type SessionEventEnvelope } from '@voltledger/contracts';
import {
  type Revision,
  type SessionId,
  type Transaction,
  UnreadableMessage,
} from '@voltledger/kernel';
import { SessionMessages } from '../outbound/session-messages';
import { keepSession, lockedSession } from '../tables/session-prices';
import { type SessionPrice } from '../domain/session-price';
import { type PricedRow, SessionPricer, type Step } from './session-pricer';

/** An event of a session that its price depends on. */
export type PricingEvent = Extract<
  SessionEventEnvelope['event'],
  {
    type:
      | 'ChargingStateChanged'
      | 'MeterValueRecorded'
      | 'SessionClosedByEstimate'
      | 'SessionEnded'
      | 'SessionPlaced'
      | 'SessionStarted'
      | 'TariffAttached';
  }
>;

/** Takes one event of a session into its price, in the transaction in which it was read. */
export class PriceSession extends Command<void> {
  constructor(
    readonly event: PricingEvent,
    readonly message: Pick<SessionEventEnvelope, 'correlationId' | 'id' | 'revision'>,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(PriceSession)
@Injectable()
export class PriceSessionHandler implements ICommandHandler<PriceSession> {
  constructor(
    private readonly pricer: SessionPricer,
    private readonly messages: SessionMessages,
  ) {}

  async execute({ event, message, tx }: PriceSession): Promise<void> {
    const { revision } = message;
    if (revision === undefined) throw new UnreadableMessage(`${event.type} carries no revision`);
    const { sessionId } = event.data;
    const row = await lockedSession<SessionPrice>(tx, sessionId);
    // An event that is taken already: the bus may bring it again.
    if (row && row.revision >= revision) return;
    const origin = { sessionId, messageId: message.id, correlationId: message.correlationId };
    const step = row
      ? await this.next({ ...row, revision, ...origin }, event, tx)
      : await this.first({ revision, ...origin }, event, tx);
    await keepSession(tx, step.row);
    await this.messages.tell(step.told, origin, tx);
  }

  private first(
    opened: { revision: Revision; sessionId: SessionId; messageId: string; correlationId: string },
    event: PricingEvent,
    tx: Transaction,
  ): Promise<Step> {
    if (event.type === 'SessionStarted') return this.pricer.started(opened, event.data, tx);
    throw new UnreadableMessage(`${event.type} of a session that has not started`);
  }

  private next(row: PricedRow, event: PricingEvent, tx: Transaction): Promise<Step> {
    switch (event.type) {
      case 'SessionStarted':
        throw new UnreadableMessage('the session has started before');
      case 'SessionPlaced':
        return this.pricer.placed(row, event.data, tx);
      case 'TariffAttached':
        return this.pricer.attached(row, event.data, tx);
      case 'MeterValueRecorded':
        return this.pricer.read(row, event.data, tx);
      case 'ChargingStateChanged':
        return this.pricer.changed(row, event.data, tx);
      case 'SessionEnded':
      case 'SessionClosedByEstimate': {
        const { endedAt, delivered } = event.data;
        return this.pricer.ended(row, { endedAt, delivered, revision: row.revision }, tx);
      }
    }
  }
}
