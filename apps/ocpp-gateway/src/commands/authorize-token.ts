import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Verdict } from '@voltledger/ocpp';
import { newUuid } from '@voltledger/platform';
import { onlyPlace } from '../domain/charging-place';
import { LiveStations } from '../outbound/live-stations';
import { StationReports } from '../outbound/station-reports';
import { type ReceivedReport } from './received-report';
import { TokenJudge } from './token-judge';

/** A driver presents a token and waits for the verdict. */
export class AuthorizeToken extends Command<{ readonly verdict: Verdict }> {
  constructor(readonly received: ReceivedReport<'authorize'>) {
    super();
  }
}

@CommandHandler(AuthorizeToken)
export class AuthorizeTokenHandler implements ICommandHandler<AuthorizeToken> {
  constructor(
    private readonly live: LiveStations,
    private readonly reports: StationReports,
    private readonly judge: TokenJudge,
  ) {}

  async execute({ received }: AuthorizeToken): Promise<{ readonly verdict: Verdict }> {
    const { stationId, report, arrivedAt } = received;
    const id = newUuid();
    const live = this.live.require(stationId);
    const judgement = this.judge.judge(live, report, id);
    const place = onlyPlace(live.record.evses);
    const verdict = await this.judge.verdict(judgement, 'authorize', async () => {
      if (judgement.kind !== 'ask' || !report.token) return;
      const { requestId } = judgement;
      await this.reports.publish(
        {
          type: 'AuthorizationAsked',
          data: {
            stationId,
            requestId,
            token: report.token,
            at: arrivedAt,
            ...(place && { place }),
          },
        },
        { id, correlationId: requestId },
      );
    });
    return { verdict: verdict ?? { status: 'refused', refusal: 'UNKNOWN' } };
  }
}
