import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@voltledger/kernel';
import { STATUS, objectUrl, withQuery } from '@voltledger/ocpi';
import { CLOCK, DATABASE, type Database, derivedUuid } from '@voltledger/platform';
import { z } from 'zod';
import { AuthorizationRequests, type TakenRequest } from '../projections/authorization-requests';
import { type IssuerAnswer, issuerAnswer } from './issuer-answer';
import { type PartnerAnswer, PartnerUnavailable } from './partner-answer';
import { PartnerConversations } from './partner-conversation';
import { RoamingNews } from './roaming-news';

const UNAVAILABLE: IssuerAnswer = { status: 'refused', refusal: 'UNAVAILABLE' };
const UNKNOWN: IssuerAnswer = { status: 'refused', refusal: 'UNKNOWN' };
const NOT_FOUND = 404;

/** Real-time authorization with the eMSP that issued the token (OCPI-TOK-05 to 07). */
@Injectable()
export class IssuerAuthorizations {
  constructor(
    @Inject(PartnerConversations) private readonly conversations: PartnerConversations,
    @Inject(AuthorizationRequests) private readonly requests: AuthorizationRequests,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(RoamingNews) private readonly news: RoamingNews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asks within `budgetMs` and publishes the answer; a partner that gives none is UNAVAILABLE. */
  async ask(taken: TakenRequest, budgetMs: number, signal: AbortSignal): Promise<void> {
    const answer = await this.answerOf(taken, budgetMs, signal).catch((error: unknown) => {
      if (error instanceof PartnerUnavailable || error instanceof z.ZodError) return UNAVAILABLE;
      throw error;
    });
    await this.publish(taken, answer);
  }

  private async answerOf(
    { request, correlationId }: TakenRequest,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<IssuerAnswer> {
    const { partnerId } = request.payer;
    const conversation = await this.conversations.with(partnerId, { correlationId, signal });
    const endpoint = conversation.endpoint('tokens', 'SENDER');
    if (endpoint === undefined || !request.place) return UNAVAILABLE;
    const { uid, type } = request.presented;
    const answer = await conversation.call({
      method: 'POST',
      url: withQuery(objectUrl(endpoint, uid, 'authorize'), { type }),
      body: conversation.version.locationReferences(request.place),
      route: { from: request.place.place, to: request.payer },
      timeoutMs,
    });
    if (answer.outcome === 'refused') return isUnknownToken(answer) ? UNKNOWN : UNAVAILABLE;
    return issuerAnswer(request, conversation.version.readVerdict(answer.data));
  }

  private async publish({ request, correlationId }: TakenRequest, answer: IssuerAnswer) {
    const { requestId, stationId } = request;
    const at = this.clock();
    const news = {
      id: derivedUuid('authorization-answer', requestId),
      key: stationId,
      event: {
        type: 'RoamingAuthorizationAnswered' as const,
        data: { requestId, stationId, answer, at },
      },
      causationId: requestId,
      correlationId,
    };
    await this.database.transaction(async (tx) => {
      if (await this.requests.close(requestId, tx)) await this.news.publish(news, tx);
    });
  }
}

/** 404 with 2004; some send 200 with 2004, or 404 alone (OCPI-TOK-07). */
const isUnknownToken = ({ code, http }: Extract<PartnerAnswer, { outcome: 'refused' }>): boolean =>
  code === String(STATUS.unknownToken) || http.status === NOT_FOUND;
