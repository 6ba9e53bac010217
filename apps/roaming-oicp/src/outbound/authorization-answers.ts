import { Inject, Injectable } from '@nestjs/common';
import { type Authorization } from '@voltledger/contracts';
import { type Clock } from '@voltledger/kernel';
import { CLOCK, DATABASE, type Database } from '@voltledger/platform';
import { Authorizations, type WaitingAuthorization } from '../projections/authorizations';
import { RoamingMessages } from '../projections/roaming-messages';
import { type OicpPayer } from '../projections/roaming-session';
import { type Verdict } from './authorization-question';

/** Writes down what Hubject said and tells the session service, in one transaction. */
@Injectable()
export class AuthorizationAnswers {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(Authorizations) private readonly authorizations: Authorizations,
    @Inject(RoamingMessages) private readonly messages: RoamingMessages,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** An answer that comes too late must not start anything (OICP-SES-11). */
  async give(waiting: WaitingAuthorization, verdict: Verdict): Promise<void> {
    const { granted, refusal, code } = verdict;
    const at = this.clock();
    const answer = granted ? authorizationBy(waiting, granted) : refusal;
    const inTime = at < waiting.until ? answer : 'UNAVAILABLE';
    await this.database.transaction(async (tx) => {
      const kept = { at, code, ...(granted && { payer: granted }) };
      if (await this.authorizations.answer(waiting.requestId, kept, tx))
        await this.messages.answer(waiting, inTime, tx);
    });
  }
}

/** Hubject names no contract: the card stands for it. */
const authorizationBy = (
  { presented, driver }: WaitingAuthorization,
  payer: OicpPayer,
): Authorization => ({
  method: 'AUTH_REQUEST',
  token: {
    ...presented,
    contractId: driver.kind === 'rfid' ? driver.uid : driver.evcoId,
    issuer: payer.providerId,
  },
  payer,
});
