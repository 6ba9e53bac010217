import { Inject } from '@nestjs/common';
import { type PartnerId, type Transaction } from '@voltledger/kernel';
import {
  DATABASE,
  type Database,
  type Delivery,
  DeliveryFailed,
  type Push,
  PushWorker,
  REPORTS,
  type Reports,
  Worker,
} from '@voltledger/platform';
import { type PushKind, refusedByUs } from './delivering';
import { PartnerUnavailable } from './partner-answer';
import { PARTNER_DELETED, PartnerConversations } from './partner-conversation';
import { PartnerDeliveries } from './partner-deliveries';
import { PushAnswers } from './push-answers';

/** Tells partners what happened, in the OCPI version each of them speaks. */
@Worker()
export class PartnerPushesWorker extends PushWorker {
  readonly schema = 'roaming_ocpi';

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(REPORTS) reports: Reports,
    @Inject(PartnerConversations) private readonly conversations: PartnerConversations,
    @Inject(PartnerDeliveries) private readonly deliveries: PartnerDeliveries,
    @Inject(PushAnswers) private readonly answers: PushAnswers,
  ) {
    super(database, reports);
  }

  protected override async deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    const partnerId = push.partner as PartnerId;
    try {
      const { correlationId } = push;
      const conversation = await this.conversations.with(partnerId, { correlationId, signal });
      return await this.deliveries.all[push.kind as PushKind](push.payload as never, conversation);
    } catch (error) {
      if (!(error instanceof PartnerUnavailable)) throw error;
      if (error.code === PARTNER_DELETED) return refusedByUs(error.code, error.message);
      throw new DeliveryFailed(error.code, error.message, error.answer);
    }
  }

  protected override settled(push: Push, delivery: Delivery, tx: Transaction): Promise<void> {
    return this.answers.keep(push, delivery, tx);
  }
}
