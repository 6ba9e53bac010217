import { Inject, Injectable } from '@nestjs/common';
import { type Refusal } from '@voltledger/contracts';
import { type Clock, millisBetween } from '@voltledger/kernel';
import { type Answer, type GrantedAuthorization } from '@voltledger/oicp';
import { CLOCK, NoAnswer } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { type WaitingAuthorization } from '../projections/authorizations';
import { type OicpPayer } from '../projections/roaming-session';
import { Broker } from './broker';
import { CallLimiter } from './call-limiter';
import { codeOf } from './exchange-log';

export interface Verdict {
  /** Hubject's code, or what became of the question. */
  readonly code: string;
  readonly granted?: OicpPayer | undefined;
  readonly refusal: Refusal;
}

const couldNotTell = (code: string): Verdict => ({ code, refusal: 'UNAVAILABLE' });

/** One AuthorizeStart. Whatever goes wrong, the answer is no, and in time (OICP-AUT-06). */
@Injectable()
export class AuthorizationQuestion {
  constructor(
    @Inject(Broker) private readonly broker: Broker,
    @Inject(CallLimiter) private readonly limiter: CallLimiter,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  async ask(waiting: WaitingAuthorization): Promise<Verdict> {
    const left = millisBetween(this.clock(), waiting.until);
    if (left <= 0) return couldNotTell('too late');
    // Not delayed beyond the driver's patience, but refused (OICP-LIM-02).
    if (this.limiter.take('authorizeStart') > 0) return couldNotTell('too many calls');
    try {
      const timeoutMs = Math.min(left, this.connection.config.OICP_AUTHORIZE_TIMEOUT_MS);
      return this.verdictOn(await this.call(waiting, timeoutMs), waiting);
    } catch (error) {
      if (error instanceof NoAnswer) return couldNotTell(`no answer: ${error.reason}`);
      throw error;
    }
  }

  private call(
    { requestId, driver, place, correlationId }: WaitingAuthorization,
    timeoutMs: number,
  ): Promise<Answer<GrantedAuthorization>> {
    const body = this.connection.oicp.authorizeStartOf({
      operatorId: this.connection.operator.operatorId,
      driver,
      cpoPartnerSessionId: requestId,
      evseId: place?.evse.evseId,
      powerType: place?.connector?.powerType,
    });
    const options = { timeoutMs, correlationId };
    return this.broker.call('authorizeStart', body, this.connection.oicp.authorizationIn, options);
  }

  private verdictOn(answer: Answer<GrantedAuthorization>, waiting: WaitingAuthorization): Verdict {
    const code = codeOf(answer);
    switch (answer.outcome) {
      case 'accepted':
        return { code, granted: payerOf(answer, waiting), refusal: 'UNAVAILABLE' };
      case 'refused':
        return { code, refusal: this.connection.oicp.refusalOf(code) };
      case 'invalid':
      case 'throttled':
      case 'failed':
        return couldNotTell(code);
    }
  }
}

const payerOf = (
  { oicpSessionId, providerId, empPartnerSessionId }: GrantedAuthorization,
  { requestId, driver }: WaitingAuthorization,
): OicpPayer => ({
  kind: 'oicp',
  oicpSessionId,
  providerId,
  cpoPartnerSessionId: requestId,
  ...(empPartnerSessionId !== undefined && { empPartnerSessionId }),
  identification: driver,
});
