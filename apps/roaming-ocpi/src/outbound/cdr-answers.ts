import { Inject, Injectable } from '@nestjs/common';
import { type RoamingEvent } from '@voltledger/contracts';
import {
  type CdrId,
  type Clock,
  type PartnerId,
  type SessionId,
  type Transaction,
} from '@voltledger/kernel';
import { ciKey } from '@voltledger/ocpi';
import { CLOCK, type Delivery, type Push, derivedUuid } from '@voltledger/platform';
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
    { cdrId, sessionId }: PushPayload<'cdr'>,
    delivery: Delivery,
    tx: Transaction,
  ): Promise<void> {
    const at = this.clock();
    const refusal = delivery.outcome === 'refused' ? delivery : undefined;
    const reference = delivery.outcome === 'delivered' ? delivery.reference : undefined;
    await tx.query(
      `insert into roaming_ocpi.cdr_deliveries (cdr_key, outcome, reference, code, detail, at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (cdr_key) do update set outcome = excluded.outcome,
         reference = excluded.reference, code = excluded.code, detail = excluded.detail,
         at = excluded.at`,
      [
        ciKey(cdrId),
        delivery.outcome,
        reference ?? null,
        refusal?.code ?? null,
        refusal?.detail ?? null,
        at,
      ],
    );
    const about = {
      cdrId: cdrId as CdrId,
      sessionId: sessionId as SessionId,
      protocol: 'ocpi' as const,
      partnerId: push.partner as PartnerId,
      at,
    };
    const event: RoamingEvent = refusal
      ? {
          type: 'CdrRejectedByPartner',
          data: { ...about, code: refusal.code, detail: refusal.detail },
        }
      : { type: 'CdrDelivered', data: { ...about, reference, attempts: push.attempt } };
    // A refused push may be tried again by an operator: its second answer is news.
    const id = derivedUuid('cdr-answer', push.id, push.enqueuedAt);
    const { correlationId } = push;
    await this.news.publish(
      { id, key: push.partner, event, causationId: push.id, correlationId },
      tx,
    );
  }
}
