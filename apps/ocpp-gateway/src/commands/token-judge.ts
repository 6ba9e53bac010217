import { Inject, Injectable } from '@nestjs/common';
import { type AuthorizeReport, type TransactionReport, type Verdict } from '@voltledger/ocpp';
import { LOGGER, type Logger, counter, derivedUuid } from '@voltledger/platform';
import { GATEWAY_CONFIG, type Config } from '../config';
import { standing } from '../domain/registration';
import { AuthorizationDesk } from '../outbound/authorization-desk';
import { type LiveStation, type OpenTransaction } from '../outbound/live-stations';

const refused = (refusal: 'UNKNOWN' | 'UNAVAILABLE' | 'NOT_ALLOWED_HERE'): Verdict => ({
  status: 'refused',
  refusal,
});

/** A verdict that is known, or has to be asked for under an id. */
export type Judgement =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly verdict: Verdict }
  | { readonly kind: 'ask'; readonly requestId: string };

export type Budget = 'authorize' | 'transaction';

/** Judges tokens that stations present, with the session service's word where it needs it. */
@Injectable()
export class TokenJudge {
  private readonly overdue = counter({
    name: 'ocpp_authorizations_overdue_total',
    help: 'Tokens judged by the configured default because nobody answered in time.',
    labelNames: ['budget'],
  });

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly desk: AuthorizationDesk,
  ) {}

  /** Whoever goes on or ends with the token it was started with needs no new verdict. */
  ofReport(
    live: LiveStation,
    report: TransactionReport,
    { tokenUid, verdict }: OpenTransaction,
    messageId: string,
  ): Judgement {
    const { phase, token } = report;
    const same = token !== undefined && token.uid.toUpperCase() === tokenUid?.toUpperCase();
    if (same && phase === 'ended')
      return { kind: 'known', verdict: verdict ?? { status: 'accepted' } };
    if (same && phase === 'updated' && verdict) return { kind: 'known', verdict };
    return this.judge(live, report, messageId);
  }

  /** For what concerns no session any more: a person's stop is never in vain. */
  withoutAsking(live: LiveStation, report: AuthorizeReport): Verdict | undefined {
    const judgement = this.judge(live, report, '');
    if (judgement.kind === 'ask') return { status: 'accepted' };
    return judgement.kind === 'known' ? judgement.verdict : undefined;
  }

  /** `messageId`: of the event that asks. The same question always has the same id. */
  judge({ record }: LiveStation, { presents }: AuthorizeReport, messageId: string): Judgement {
    switch (presents) {
      case 'nothing':
        return { kind: 'none' };
      case 'empty':
        return { kind: 'known', verdict: refused('UNKNOWN') };
      case 'anybody':
        return {
          kind: 'known',
          verdict: record.anonymousAllowed ? { status: 'accepted' } : refused('NOT_ALLOWED_HERE'),
        };
      case 'token':
        // Nothing such a station says has an effect on authorization (OCPP-1.6-BOOT-01).
        return standing(record) === 'accepted'
          ? { kind: 'ask', requestId: derivedUuid('authorization', messageId) }
          : { kind: 'known', verdict: refused('UNAVAILABLE') };
    }
  }

  /** Asks by `publish`, and waits; when nobody answers in time, the configured default holds. */
  async verdict(
    judgement: Judgement,
    budget: Budget,
    publish: () => Promise<void>,
  ): Promise<Verdict | undefined> {
    if (judgement.kind !== 'ask') {
      await publish();
      return judgement.kind === 'known' ? judgement.verdict : undefined;
    }
    const { requestId } = judgement;
    const answer = this.desk.verdictOn(requestId, this.seconds(budget));
    try {
      await publish();
    } catch (error) {
      this.desk.forget(requestId);
      throw error;
    }
    return (await answer) ?? this.byDefault(requestId, budget);
  }

  private seconds(budget: Budget): number {
    const { OCPP_AUTHORIZE_SECONDS, OCPP_TRANSACTION_AUTHORIZE_SECONDS } = this.config;
    return budget === 'authorize' ? OCPP_AUTHORIZE_SECONDS : OCPP_TRANSACTION_AUTHORIZE_SECONDS;
  }

  private byDefault(requestId: string, budget: Budget): Verdict {
    const { OCPP_AUTHORIZE_DEFAULT, OCPP_TRANSACTION_AUTHORIZE_DEFAULT } = this.config;
    const status =
      budget === 'authorize' ? OCPP_AUTHORIZE_DEFAULT : OCPP_TRANSACTION_AUTHORIZE_DEFAULT;
    this.overdue.inc({ budget });
    this.logger.warn({ requestId, status }, 'nobody judged the token in time: answered by default');
    return status === 'accepted' ? { status } : refused('UNAVAILABLE');
  }
}
