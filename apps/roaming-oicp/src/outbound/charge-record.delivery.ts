import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type PartnerId, type Transaction, parseInstant } from '@voltledger/kernel';
import { type RoamingEvent } from '@voltledger/contracts';
import { type Answer, type ChargeDetailRecord } from '@voltledger/oicp';
import { CLOCK, type Delivery, DeliveryFailed, type Push, answerText } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { type ChargeRecordRow, ChargeRecords } from '../projections/charge-records';
import { RoamingMessages } from '../projections/roaming-messages';
import { Broker } from './broker';
import { deliveryOf, notNow } from './delivery';

const SESSION_INVALID = '400';
const NO_RESPONSE = '310';
const NOT_FOUND = 404;

/** Said with HTTP 404: the session is known and has its CDR. */
const isClosed = (answer: Answer<object>): boolean =>
  answer.outcome === 'refused' &&
  answer.code === SESSION_INVALID &&
  answer.httpStatus === NOT_FOUND;

/**
 * Brings a CDR to the broker, once: the same bytes every time, and a session that turns out to be
 * closed after an answer was lost means that it arrived (OICP-CDR-06).
 */
@Injectable()
export class ChargeRecordDelivery {
  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(ChargeRecords) private readonly records: ChargeRecords,
    @Inject(RoamingMessages) private readonly messages: RoamingMessages,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    const { cdrId } = push.payload as { cdrId: string };
    const { record, firstSentAt } = await this.records.toSend(cdrId);
    this.checkItIsOver(record);
    await this.records.sendingNow(cdrId, this.clock());
    const answer = await this.broker.callInTurn(
      'sendChargeDetailRecord',
      record,
      this.connection.oicp.acknowledgementIn,
      { signal, correlationId: push.correlationId, oicpSessionId: record.SessionID },
    );
    if (isClosed(answer) && firstSentAt !== null)
      return { outcome: 'delivered', reference: record.SessionID, answer };
    if (answer.outcome === 'refused' && answer.code === NO_RESPONSE) throw notNow(answer);
    const delivery = deliveryOf(answer, this.connection.oicp);
    return delivery.outcome === 'delivered'
      ? { ...delivery, reference: record.SessionID }
      : delivery;
  }

  /** Billing and finance hear of it in the transaction that keeps the answer. */
  async settled(push: Push, delivery: Delivery, tx: Transaction): Promise<void> {
    const { cdrId } = push.payload as { cdrId: string };
    const at = this.clock();
    const verdict =
      delivery.outcome === 'delivered'
        ? ({ state: 'delivered' } as const)
        : ({ state: 'refused', code: delivery.code, detail: delivery.detail } as const);
    const row = await this.records.answered(cdrId, verdict, at, tx);
    const event = eventOf(row, delivery, { attempts: push.attempt, at });
    const causationId = `${push.id} ${push.enqueuedAt}`;
    const reason = { causationId, correlationId: push.correlationId };
    await this.messages.publish(event, row.providerId, reason, tx);
  }

  /** The broker refuses an end in the future; clocks differ (OICP-CDR-13). */
  private checkItIsOver({ SessionEnd }: ChargeDetailRecord): void {
    const end = parseInstant(SessionEnd);
    if (end !== undefined && end > this.clock())
      throw new DeliveryFailed('SESSION_END_IN_FUTURE', 'The session ends in the future.');
  }
}

function eventOf(
  { cdrId, sessionId, providerId }: ChargeRecordRow,
  delivery: Delivery,
  { attempts, at }: { readonly attempts: number; readonly at: ReturnType<Clock> },
): RoamingEvent {
  const partnerId = providerId as PartnerId;
  const about = { cdrId, sessionId, protocol: 'oicp', partnerId, at } as const;
  const common = { ...about, ...answerText(delivery) };
  if (delivery.outcome === 'refused') {
    const { code, detail } = delivery;
    return { type: 'CdrRejectedByPartner', data: { ...common, code, detail } };
  }
  const { reference } = delivery;
  return {
    type: 'CdrDelivered',
    data: { ...common, attempts, ...(reference !== undefined && { reference }) },
  };
}
