import { Inject, Injectable } from '@nestjs/common';
import { type Authorization, type TokenRef } from '@voltledger/contracts';
import {
  type Cause,
  type Clock,
  type Instant,
  type SessionId,
  type StationId,
  plusMillis,
} from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database } from '@voltledger/platform';
import { CONFIG, type Config } from '../config';
import { type Asked, type AuthorizationState } from '../domain/authorization';
import { type AskingPolicy, judge } from '../domain/whitelist';
import { keepRequest, recentRequests } from '../tables/authorization-requests';
import { findToken } from '../tables/tokens';
import { Streams } from './streams';

export type Question = Omit<Asked, 'at'> & { readonly sessionId?: SessionId };

/** Answers whether a token may charge: from the whitelist, or by asking whoever issued it. */
@Injectable()
export class Authorizer {
  private readonly policy: AskingPolicy;

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly streams: Streams,
  ) {
    this.policy = { issuerFor: config.ASK_ISSUER_FOR, hub: config.ASK_HUB_FOR_UNKNOWN_TOKENS };
  }

  /** What is known by now: an answer, or `asking`. */
  async judge({ sessionId, ...asked }: Question, cause: Cause): Promise<AuthorizationState> {
    const at = this.clock();
    const until = plusMillis(at, this.config.AUTHORIZATION_BUDGET_SECONDS * 1_000);
    const known = await findToken(this.database, asked.presented);
    const asks = judge(known, this.policy).verdict === 'ask';
    await this.keep({ sessionId, ...asked }, at, asks ? until : undefined);
    const { policy } = this;
    const command = { type: 'JudgeToken', ...asked, at, policy, until } as const;
    const decision = await this.streams.authorization(
      asked.requestId,
      known ? { ...command, known } : command,
      cause,
    );
    return decision.state;
  }

  /** Answers with what somebody vouched for already: a moment ago, or for a remote start. */
  async reuse(
    { sessionId, ...asked }: Question,
    authorization: Authorization,
    cause: Cause,
  ): Promise<void> {
    const at = this.clock();
    await this.keep({ sessionId, ...asked }, at, undefined);
    const command = { type: 'ReuseAuthorization', ...asked, at, authorization } as const;
    await this.streams.authorization(asked.requestId, command, cause);
  }

  /** Whom a driver was authorized as at this station in the last minutes (OCPP-J-AUTH-09). */
  async recent(stationId: StationId, { uid }: TokenRef): Promise<Authorization | undefined> {
    const since = plusMillis(this.clock(), -this.config.AUTHORIZATION_REUSE_SECONDS * 1_000);
    for (const requestId of await recentRequests(this.database, stationId, uid, since)) {
      const state = await this.streams.authorizationNow(requestId);
      if (state.status === 'authorized') return state.authorization;
      if (state.status === 'rejected') return undefined;
    }
    return undefined;
  }

  /** Committed by itself before the question is put: an answer always finds it. */
  private keep(question: Question, askedAt: Instant, until: Instant | undefined): Promise<void> {
    const { requestId, stationId, presented, sessionId } = question;
    return keepRequest(this.database, {
      ...{ requestId, stationId, tokenUid: presented.uid, askedAt },
      ...(sessionId && { sessionId }),
      ...(until && { until }),
    });
  }
}
