import { Inject, Injectable } from '@nestjs/common';
import { type RoamingEvent } from '@voltledger/contracts';
import {
  type CdrId,
  type Clock,
  type Instant,
  type PartnerId,
  type SessionId,
  type Transaction,
} from '@voltledger/kernel';
import { ciKey } from '@voltledger/ocpi';
import { CLOCK, type Delivery, type Push, answerText, derivedUuid } from '@voltledger/platform';
import { type PushPayload } from './delivering';
import { RoamingNews } from './roaming-news';

/** Keeps what a partner answered to a CDR, and tells billing. */
@Injectable()
export class CdrAnswers {
  constructor(
    @Inject(RoamingNews) private readonly news: RoamingNews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async keep(
    push: Push,
    payload: PushPayload<'cdr'>,
    delivery: Delivery,
    tx: Transaction,
  ): Promise<void> {
    const at = this.clock();
    await tx.query(
      `insert into roaming_ocpi.cdr_deliveries (cdr_key, outcome, reference, code, detail, at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (cdr_key) do update set outcome = excluded.outcome,
         reference = excluded.reference, code = excluded.code, detail = excluded.detail,
         at = excluded.at`,
      [ciKey(payload.cdrId), ...columnsOf(delivery), at],
    );
    // A refused push may be tried again by an operator: its second answer is news.
    const id = derivedUuid('cdr-answer', push.id, push.enqueuedAt);
    const event = eventOf(push, payload, delivery, at);
    const { correlationId } = push;
    await this.news.publish(
      { id, key: push.partner, event, causationId: push.id, correlationId },
      tx,
    );
  }
}

const columnsOf = (delivery: Delivery): readonly (string | null)[] =>
  delivery.outcome === 'delivered'
    ? [delivery.outcome, delivery.reference ?? null, null, null]
    : [delivery.outcome, null, delivery.code, delivery.detail];

function eventOf(
  { partner, attempt }: Push,
  { cdrId, sessionId }: PushPayload<'cdr'>,
  delivery: Delivery,
  at: Instant,
): RoamingEvent {
  const about = {
    cdrId: cdrId as CdrId,
    sessionId: sessionId as SessionId,
    protocol: 'ocpi' as const,
    partnerId: partner as PartnerId,
    at,
  };
  const said = answerText(delivery);
  if (delivery.outcome === 'delivered') {
    const { reference } = delivery;
    return { type: 'CdrDelivered', data: { ...about, reference, ...said, attempts: attempt } };
  }
  const { code, detail } = delivery;
  return { type: 'CdrRejectedByPartner', data: { ...about, code, detail, ...said } };
}
