import { oicpVersions, parseEvseId, isSameOperator } from '@voltledger/oicp';
import { type HubjectBroker } from './hubject-broker';
import { type HubjectOperator, isOf } from './hubject-evses';

/** What a partner's app is told. */
export interface RemoteAnswer {
  readonly accepted: boolean;
  readonly code: string;
  /** Of a session that was opened. */
  readonly sessionId?: string;
  /** The operator's answer as it came; absent when it was not asked, or gave none. */
  readonly answer?: Record<string, unknown>;
}

export interface RemoteStartWish {
  readonly evseId: string;
  readonly evcoId?: string;
  readonly providerId?: string;
  readonly empPartnerSessionId?: string;
}

const NULLED = {
  RFIDMifareFamilyIdentification: null,
  RFIDIdentification: null,
  QRCodeIdentification: null,
  PlugAndChargeIdentification: null,
};

const oicp = oicpVersions.get('2.3');

/** The broker in the middle of remote requests: checks, forwards, and passes the answer on. */
export class HubjectRemote {
  constructor(
    private readonly broker: HubjectBroker,
    private readonly timeoutMs: number,
  ) {}

  async start(wish: RemoteStartWish): Promise<RemoteAnswer> {
    const providerId = wish.providerId ?? this.broker.providers.at(0)?.providerId ?? '';
    const operator = this.operatorOf(wish.evseId);
    if (!operator) return refused('300');
    const refusal = this.refusal(operator, wish.evseId);
    if (refusal !== undefined) return refused(refusal);
    const session = this.broker.sessions.open(operator.operatorId, providerId, wish.evseId);
    const answer = await this.forward(operator, 'remoteStart', providerId, {
      SessionID: session.sessionId,
      CPOPartnerSessionID: null,
      EMPPartnerSessionID: wish.empPartnerSessionId ?? null,
      ProviderID: providerId,
      EvseID: wish.evseId,
      Identification: {
        ...NULLED,
        RemoteIdentification: { EvcoID: wish.evcoId ?? `${providerId}-C12345678-S` },
      },
      PartnerProductID: null,
    });
    if (!answer.accepted) session.state = 'deleted';
    return answer.accepted ? { ...answer, sessionId: session.sessionId } : answer;
  }

  /** @param providerId who asks; default: the session's own provider. */
  async stop(sessionId: string, providerId?: string): Promise<RemoteAnswer> {
    const session = this.broker.sessions.find(sessionId);
    const asking = providerId ?? session?.providerId ?? '';
    const open = this.broker.sessions.openOf(sessionId, { providerId: asking });
    const operator = open && this.broker.operators.get(open.operatorId);
    if (!open || !operator) return refused('400');
    return this.forward(operator, 'remoteStop', asking, {
      SessionID: sessionId,
      CPOPartnerSessionID: null,
      EMPPartnerSessionID: null,
      ProviderID: asking,
      EvseID: open.evseId ?? 'DE*XXX*E1',
    });
  }

  private operatorOf(evseId: string): HubjectOperator | undefined {
    const owner = parseEvseId(evseId)?.operator ?? '';
    const operators = [...this.broker.operators.values()];
    return (
      operators.find(({ operatorId }) => isSameOperator(operatorId, owner)) ??
      operators.find((each) => isOf(each, evseId))
    );
  }

  private refusal({ operatorId }: HubjectOperator, evseId: string): string | undefined {
    const evses = this.broker.evsesOf(operatorId);
    if (evses.records.size === 0) return undefined;
    const record = evses.record(evseId);
    if (!record) return '603';
    return record.IsHubjectCompatible ? undefined : '604';
  }

  private async forward(
    { url }: HubjectOperator,
    operation: 'remoteStart' | 'remoteStop',
    providerId: string,
    body: object,
  ): Promise<RemoteAnswer> {
    if (url === undefined || !oicp) return refused('320');
    const path = oicp.pathOf(oicp.served[operation], encodeURIComponent(providerId));
    try {
      const response = await fetch(new URL(path, url), {
        method: 'POST',
        headers: { 'content-type': 'application/json;charset=UTF-8' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      return understood(response.status, (await response.json()) as Record<string, unknown>);
    } catch {
      return refused('310');
    }
  }
}

const refused = (code: string): RemoteAnswer => ({ accepted: false, code });

function understood(status: number, answer: Record<string, unknown>): RemoteAnswer {
  const { Code = '310' } = (answer['StatusCode'] ?? {}) as { Code?: string };
  return { accepted: status === 200 && answer['Result'] === true, code: Code, answer };
}
