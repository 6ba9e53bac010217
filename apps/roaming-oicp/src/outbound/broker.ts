import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@voltledger/kernel';
import { type Answer, type CalledOperation, type HttpAnswer } from '@voltledger/oicp';
import { CLOCK, type JsonAnswer, NoAnswer, fetchJson } from '@voltledger/platform';
import { Certificates } from '../certificates';
import { CONNECTION, type Connection } from '../config';
import { CallLimiter } from './call-limiter';
import { ExchangeLog } from './exchange-log';

/** What a call is about, for the audit trail, and how long it may take. */
export interface CallOptions {
  readonly oicpSessionId?: string | undefined;
  readonly correlationId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

export type Reading<Accepted> = (answer: HttpAnswer) => Answer<Accepted>;

/** Speaks to the broker: one request, one answer, both in the audit trail. */
@Injectable()
export class Broker {
  constructor(
    @Inject(CONNECTION) private readonly connection: Connection,
    @Inject(Certificates) private readonly certificates: Certificates,
    @Inject(CallLimiter) private readonly limiter: CallLimiter,
    @Inject(ExchangeLog) private readonly log: ExchangeLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Waits until the usage policy allows it. Otherwise as `call`. */
  async callInTurn<Accepted>(
    operation: CalledOperation,
    body: object,
    read: Reading<Accepted>,
    options: CallOptions,
  ): Promise<Answer<Accepted>> {
    await this.limiter.turn(operation, options.signal);
    return this.call(operation, body, read, options);
  }

  /** There is room for calls that are merely nice to know. */
  isRelaxed(operation: CalledOperation): boolean {
    return this.limiter.isRelaxed(operation);
  }

  /**
   * At once, whatever the limiter says.
   *
   * @throws NoAnswer: whether the broker did what was asked is not known.
   */
  async call<Accepted>(
    operation: CalledOperation,
    body: object,
    read: Reading<Accepted>,
    options: CallOptions,
  ): Promise<Answer<Accepted>> {
    const began = performance.now();
    const described = this.connection.oicp.called[operation];
    const path = this.connection.oicp.pathOf(described, this.connection.operator.operatorId);
    const { oicpSessionId, correlationId } = options;
    const about = { at: this.clock(), operation: described.name, path, oicpSessionId };
    const sent = () => ({ ...about, correlationId, body, durationMs: since(began) });
    try {
      const answer = await this.request(path, body, options);
      const understood = read(answer);
      await this.log.answered(sent(), answer, understood);
      this.pace(operation, understood);
      return understood;
    } catch (error) {
      if (error instanceof NoAnswer) await this.log.unanswered(sent(), error);
      throw error;
    }
  }

  private async request(path: string, body: object, options: CallOptions): Promise<JsonAnswer> {
    const { config } = this.connection;
    const certificate = await this.certificates.client();
    return fetchJson({
      url: new URL(path, config.OICP_BASE_URL).href,
      method: 'POST',
      body,
      timeoutMs: options.timeoutMs ?? config.OICP_REQUEST_TIMEOUT_MS,
      policy: { allowPrivate: config.ALLOW_PRIVATE_PARTNERS },
      ...(options.signal && { signal: options.signal }),
      ...(certificate && { certificate }),
    });
  }

  private pace(operation: CalledOperation, { outcome }: Answer<unknown>): void {
    if (outcome === 'throttled') this.limiter.throttled(operation, Math.random());
    else this.limiter.answered(operation);
  }
}

const since = (began: number): number => Math.round(performance.now() - began);
