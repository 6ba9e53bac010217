import { Inject, Injectable } from '@nestjs/common';
import { type Instant, epochMillis } from '@voltledger/kernel';
import {
  type AnyInbound,
  type Call,
  type OcppVersion,
  RpcFault,
  errorText,
  resultText,
} from '@voltledger/ocpp';
import { REPORTS, type Reports, contentHash, counter } from '@voltledger/platform';
import { ConnectionLost, type LiveStation } from '../commands/connect-station';
import { RecordedAnswers } from './recorded-answers';
import { ReportDispatch } from './report-dispatch';

export interface ReceivedCall {
  readonly call: Call;
  /** Hash of the frame, to know it again. */
  readonly content: string;
  readonly arrivedAt: Instant;
}

/** Their answers tell the time: an old one would set the station's clock back. */
const ALWAYS_FRESH = new Set<AnyInbound['kind']>(['boot', 'heartbeat']);

/** Everything between a CALL and its answer; there always is exactly one (OCPP-J-RPC-02). */
@Injectable()
export class CallAnswering {
  private readonly counted = counter({
    name: 'ocpp_calls_total',
    help: 'Calls of stations by action and how they were answered.',
    labelNames: ['action', 'answer'],
  });

  constructor(
    @Inject(REPORTS) private readonly reports: Reports,
    private readonly recorded: RecordedAnswers,
    private readonly dispatch: ReportDispatch,
  ) {}

  /** @throws ConnectionLost when nothing may be answered on this connection any more. */
  async answer(live: LiveStation, version: OcppVersion, received: ReceivedCall): Promise<string> {
    const { call, content, arrivedAt } = received;
    const { stationId } = live;
    const now = epochMillis(arrivedAt);
    const before = this.recorded.find(stationId, call.id, content, now);
    if (before !== undefined) return before;
    try {
      const inbound = inboundFor(version, live, call);
      const answer = await this.result(version, inbound, live, received);
      if (inbound.kind === 'boot') this.recorded.forget(stationId);
      if (!ALWAYS_FRESH.has(inbound.kind))
        this.recorded.keep(stationId, call.id, { content, answer, at: now });
      this.counted.inc({ action: call.action, answer: 'result' });
      return answer;
    } catch (error) {
      if (error instanceof ConnectionLost) throw error;
      return this.refusal(version, live, call, error);
    }
  }

  private async result(
    version: OcppVersion,
    inbound: AnyInbound,
    { stationId }: LiveStation,
    { call, arrivedAt }: ReceivedCall,
  ): Promise<string> {
    const { id, action } = call;
    const payload = checked(version, call);
    const fingerprint = contentHash([action, payload]);
    const unread = { stationId, callId: id, action, payload, fingerprint, arrivedAt };
    const answer = await this.dispatch.answer(inbound, unread);
    const defect = version.schemas.checkResponse(action, answer);
    if (defect) throw new Error(`our answer to ${action} breaks its schema: ${defect.message}`);
    return resultText(id, answer);
  }

  private refusal(
    version: OcppVersion,
    { stationId }: LiveStation,
    { id, action }: Call,
    error: unknown,
  ): string {
    const known = version.knows(action) ? action : 'unknown';
    if (error instanceof RpcFault) {
      this.counted.inc({ action: known, answer: error.fault });
      return errorText(version.dialect, id, error);
    }
    this.counted.inc({ action: known, answer: 'internal' });
    this.reports.report(error, { work: 'ocpp-gateway.calls', facts: { stationId, action: known } });
    const internal = new RpcFault('internal', 'could not be processed, try again later');
    return errorText(version.dialect, id, internal);
  }
}

/** Decided before the payload is looked at (OCPP-J-RPC-06, OCPP-2.0.1-BOOT-01). */
function inboundFor(
  version: OcppVersion,
  { record, invited }: LiveStation,
  call: Call,
): AnyInbound {
  const { action } = call;
  if (!version.knows(action)) throw new RpcFault('notImplemented', 'there is no such action');
  const inbound = version.inbound.get(action);
  if (!inbound) throw new RpcFault('notSupported', 'this action is not served here');
  const admitted =
    record.bootedAs === 'accepted' ||
    version.openBeforeAcceptance(action) ||
    (record.bootedAs === 'pending' && invited.has(action));
  if (!admitted) throw new RpcFault('security', 'the station is not accepted: boot first');
  return inbound;
}

/** @throws RpcFault for the first rule of the schema that the payload breaks. */
function checked({ schemas }: OcppVersion, { action, payload }: Call): object {
  const violation = schemas.checkRequest(action, payload);
  if (violation) throw violation;
  return payload as object;
}
