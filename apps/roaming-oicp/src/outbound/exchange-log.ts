import { Inject, Injectable } from '@nestjs/common';
import { type Answer } from '@voltledger/oicp';
import { type JsonAnswer, type NoAnswer, REPORTS, type Reports } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { Exchanges, type NewExchange } from '../projections/exchanges';

/** The request, as it is kept. */
export type Sent = Pick<
  NewExchange,
  'at' | 'operation' | 'path' | 'oicpSessionId' | 'correlationId'
> & { readonly body: object; readonly durationMs: number };

/** Keeps every exchange with the broker, and raises the alarm where no later call will do better. */
@Injectable()
export class ExchangeLog {
  constructor(
    @Inject(Exchanges) private readonly exchanges: Exchanges,
    @Inject(CONNECTION) private readonly connection: Connection,
    @Inject(REPORTS) private readonly reports: Reports,
  ) {}

  async answered(sent: Sent, { status, headers, body, text }: JsonAnswer, read: Answer<unknown>) {
    await this.exchanges.add({
      ...this.kept(sent),
      status,
      processId: headers['process-id'],
      code: codeOf(read),
      succeeded: read.outcome === 'accepted',
      answer: this.connection.oicp.withoutPersonalIds(body ?? text.slice(0, 1_000)),
    });
    this.watch(sent, read);
  }

  async unanswered(sent: Sent, { reason }: NoAnswer): Promise<void> {
    const code = `no answer: ${reason}`;
    await this.exchanges.add({ ...this.kept(sent), code, succeeded: false });
  }

  private kept({ body, ...sent }: Sent) {
    const request = this.connection.oicp.withoutPersonalIds(body);
    return { ...sent, direction: 'out' as const, request };
  }

  /** Certificates, ids or contracts are wrong: somebody has to look (OICP-TRN-05). */
  private watch({ operation, correlationId }: Sent, answer: Answer<unknown>): void {
    if (answer.outcome !== 'refused' || !this.connection.oicp.meaningOf(answer.code).alarm) return;
    const error = new Error(`Hubject answered ${answer.code} to ${operation}: ${answer.detail}`);
    const story = correlationId === undefined ? {} : { correlationId };
    this.reports.report(error, { work: 'roaming-oicp.connection', ...story });
  }
}

/** The OICP code where there is one, otherwise what became of the call. */
export const codeOf = (answer: Answer<unknown>): string => {
  if (answer.outcome === 'refused') return answer.code;
  return answer.outcome === 'accepted' ? '000' : answer.outcome;
};
