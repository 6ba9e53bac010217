import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@voltledger/kernel';
import { type Acknowledgement } from '@voltledger/oicp';
import { CLOCK, REPORTS, type Reports, newUuid } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';
import { Exchanges } from '../projections/exchanges';
import { type Answered, RemoteDispatch, type Served } from './remote-dispatch';

/** A request as the listener hands it over. */
export interface OicpRequest {
  readonly path: string;
  readonly body: string;
  /** Hubject's own reference, where it gives one. */
  readonly processId?: string | undefined;
}

/** Answers what the broker forwards, whatever happens, and keeps both in the audit trail. */
@Injectable()
export class OicpRequests {
  constructor(
    @Inject(RemoteDispatch) private readonly dispatch: RemoteDispatch,
    @Inject(Exchanges) private readonly exchanges: Exchanges,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
    @Inject(REPORTS) private readonly reports: Reports,
  ) {}

  /** @returns undefined when nothing is served at this path. */
  async answer({ path, body, processId }: OicpRequest): Promise<Acknowledgement | undefined> {
    const { oicp } = this.connection;
    const served = oicp.servedAt(path);
    if (!served) return undefined;
    const at = this.clock();
    const began = performance.now();
    const correlationId = newUuid();
    const json = parsedJson(body);
    const { outcome, echo, detail } = await this.answered(served, json, correlationId);
    const answer = oicp.acknowledgementOf(outcome, echo, detail);
    await this.exchanges.add({
      at,
      direction: 'in',
      operation: oicp.served[served.operation].name,
      path,
      oicpSessionId: echo.oicpSessionId,
      status: 200,
      code: answer.StatusCode.Code,
      succeeded: answer.Result,
      processId,
      durationMs: Math.round(performance.now() - began),
      correlationId,
      request: oicp.withoutPersonalIds(json),
      answer,
    });
    return answer;
  }

  /** A mistake of ours is an answer too: the broker must not wait for it. */
  private async answered(served: Served, body: unknown, correlationId: string): Promise<Answered> {
    try {
      return await this.dispatch.dispatch(served, body, correlationId);
    } catch (error) {
      this.reports.report(error, { work: 'roaming-oicp.requests', correlationId });
      return { outcome: 'internal failure', echo: {} };
    }
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
