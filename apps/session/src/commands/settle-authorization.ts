import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Authorization } from '@voltledger/contracts';
import { type Cause, type Clock, type Transaction } from '@voltledger/kernel';
import { CLOCK } from '@voltledger/platform';
import { type AuthorizationState, type IssuersAnswer } from '../domain/authorization';
import { offlineAuthorization } from '../domain/whitelist';
import { settleRequest } from '../tables/authorization-requests';
import { stopLater } from '../tables/open-sessions';
import { findToken } from '../tables/tokens';
import { Streams } from './streams';

/** The issuer has answered; or, without `answer`, has not answered in time. */
export class SettleAuthorization extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly answer: IssuersAnswer | undefined,
    readonly cause: Cause,
    readonly tx: Transaction,
  ) {
    super();
  }
}

@CommandHandler(SettleAuthorization)
export class SettleAuthorizationHandler implements ICommandHandler<SettleAuthorization> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly streams: Streams,
  ) {}

  async execute({ requestId, answer, cause, tx }: SettleAuthorization): Promise<void> {
    const offline = await this.offline(await this.streams.authorizationNow(requestId), tx);
    const waited = { at: this.clock(), ...(offline && { offline }) };
    const { state } = await this.streams.authorization(
      requestId,
      answer
        ? { type: 'TakeIssuersAnswer', answer, ...waited }
        : { type: 'GiveUpAsking', ...waited },
      cause,
    );
    const sessionId = await settleRequest(tx, requestId);
    if (!sessionId) return;
    // The driver waits for nothing any more, but the session goes on: the answer came too late.
    if (state.status === 'rejected') return stopLater(tx, sessionId, this.clock(), 0);
    if (state.status !== 'authorized') return;
    const { authorization } = state;
    await this.streams.session({ type: 'AuthorizeSession', sessionId, authorization }, cause);
  }

  private async offline(
    state: AuthorizationState,
    tx: Transaction,
  ): Promise<Authorization | undefined> {
    if (state.status !== 'asking') return undefined;
    return offlineAuthorization(await findToken(tx, state.presented));
  }
}
