import {
  type AuthorizeStart,
  type CalledOperation,
  type ChargeDetailRecord,
  type ChargingNotification,
  type EvseDataPush,
  type EvseStatusPush,
  isSameProvider,
} from '@voltledger/oicp';
import { type HubjectAnswer, acknowledged, authorized, failed } from './hubject-answers';
import { HubjectEvses, type HubjectOperator, isOf } from './hubject-evses';
import { HubjectSessions } from './hubject-sessions';

/** A provider whose drivers charge at the operators' stations. */
export interface HubjectProvider {
  readonly providerId: string;
  readonly cards: Set<string>;
  /** Takes charging notifications; otherwise the broker answers 320. */
  notifications: boolean;
  /** Everything it authorizes is refused with this code, such as 200: locked. */
  lockedWith?: string;
}

export interface BrokerOptions {
  readonly seed: string;
  readonly now: () => number;
  /** Between two Progress of one session. */
  readonly progressEveryMs: number;
}

/** What the broker does with a well-formed request (conformance/oicp.md, part 24). */
export class HubjectBroker {
  readonly sessions: HubjectSessions;
  readonly operators = new Map<string, HubjectOperator>();
  readonly providers: HubjectProvider[] = [];
  readonly notifications: ChargingNotification[] = [];
  /** CDRs that were taken, in order: one per session. */
  readonly cdrs: ChargeDetailRecord[] = [];
  private readonly evses = new Map<string, HubjectEvses>();

  constructor(private readonly options: BrokerOptions) {
    this.sessions = new HubjectSessions(options.seed);
  }

  evsesOf(operatorId: string): HubjectEvses {
    const operator = this.operators.get(operatorId);
    const known = this.evses.get(operatorId);
    if (known) return known;
    const made = new HubjectEvses(operator ?? { operatorId });
    this.evses.set(operatorId, made);
    return made;
  }

  /** @param operatorId as in the path, spelled as the certificate has it. */
  answer(operation: CalledOperation, operatorId: string, body: unknown): HubjectAnswer {
    const named = operatorNamedIn(body);
    const id = operatorId === '' ? (named ?? '') : operatorId;
    if (!this.operators.has(id)) return failed(404, '300', 'Partner not found');
    if (named !== undefined && named !== id) return failed(401, '017', 'Unauthorized Access');
    return this.done(operation, id, body);
  }

  private done(operation: CalledOperation, id: string, body: unknown): HubjectAnswer {
    switch (operation) {
      case 'authorizeStart':
        return this.authorizeStart(id, body as AuthorizeStart);
      case 'authorizeStop':
        return this.authorizeStop(id, body as AuthorizeStart & { SessionID: string });
      case 'pushEvseData':
        return this.evsesOf(id).pushData(body as EvseDataPush);
      case 'pushEvseStatus':
        return this.evsesOf(id).pushStatus(body as EvseStatusPush);
      case 'notify':
        return this.notify(id, body as ChargingNotification);
      case 'sendChargeDetailRecord':
        return this.takeCdr(id, body as ChargeDetailRecord);
    }
  }

  providerKnowing(body: Pick<AuthorizeStart, 'Identification'>): HubjectProvider | undefined {
    const { RFIDMifareFamilyIdentification, PlugAndChargeIdentification } = body.Identification;
    const shown = RFIDMifareFamilyIdentification?.UID ?? PlugAndChargeIdentification?.EvcoID;
    return this.providers.find(({ cards }) => shown !== undefined && cards.has(shown));
  }

  private authorizeStart(operatorId: string, body: AuthorizeStart): HubjectAnswer {
    const cpoRef = body.CPOPartnerSessionID ?? null;
    if (this.providers.length === 0) return authorized(undefined, '210', cpoRef);
    const provider = this.providerKnowing(body);
    if (!provider) {
      const code = this.providers.length === 1 ? '102' : '106';
      return authorized(undefined, code, cpoRef);
    }
    if (provider.lockedWith !== undefined)
      return authorized(undefined, provider.lockedWith, cpoRef);
    const { providerId } = provider;
    const { sessionId } = this.sessions.open(operatorId, providerId, body.EvseID);
    return authorized({ sessionId, providerId }, '000', cpoRef);
  }

  private authorizeStop(
    operatorId: string,
    body: AuthorizeStart & { SessionID: string },
  ): HubjectAnswer {
    const session = this.sessions.openOf(body.SessionID, { operatorId });
    if (!session) return failed(401, '400', 'Session is not valid');
    const { providerId, sessionId } = session;
    const provider = this.providerKnowing(body);
    const isTheirs = provider && isSameProvider(provider.providerId, providerId);
    return isTheirs
      ? authorized({ sessionId, providerId }, '000', null)
      : authorized(undefined, '102', null);
  }

  private notify(operatorId: string, body: ChargingNotification): HubjectAnswer {
    const session = this.sessions.openOf(body.SessionID, { operatorId });
    if (!session) return acknowledged('400', 'Session is invalid');
    const now = this.options.now();
    if (body.Type === 'Progress') {
      const since = now - (session.lastProgressAt ?? Number.NEGATIVE_INFINITY);
      if (since < this.options.progressEveryMs)
        return acknowledged('022', 'Progress needs an interval of at least 5 min');
      session.lastProgressAt = now;
    }
    const provider = this.providers.find(({ providerId }) => providerId === session.providerId);
    if (provider?.notifications === false) return acknowledged('320', 'Service not available');
    session.notifications.push(body);
    this.notifications.push(body);
    return acknowledged('000', null, session.sessionId);
  }

  private takeCdr(operatorId: string, cdr: ChargeDetailRecord): HubjectAnswer {
    const session = this.sessions.find(cdr.SessionID);
    if (session?.state === 'closed')
      return failed(404, '400', 'Session found but status is not valid CLOSED!');
    if (!this.sessions.openOf(cdr.SessionID, { operatorId }) || !session)
      return acknowledged('400', 'Session is invalid');
    const refusal = this.cdrRefusal(operatorId, cdr);
    if (refusal) return refusal;
    session.state = 'closed';
    session.cdr = cdr;
    this.cdrs.push(cdr);
    return acknowledged('000', null, session.sessionId);
  }

  private cdrRefusal(operatorId: string, cdr: ChargeDetailRecord): HubjectAnswer | undefined {
    const operator = this.operators.get(operatorId);
    if (!operator || !isOf(operator, cdr.EvseID)) return acknowledged('018', 'Inconsistent EvseID');
    if (Date.parse(cdr.SessionEnd) > this.options.now())
      return acknowledged('022', 'SessionEnd is in the future');
    const record = this.evsesOf(operatorId).record(cdr.EvseID);
    const isExternal = record?.CalibrationLawDataAvailability === 'External';
    return isExternal && !cdr.SignedMeteringValues
      ? acknowledged('022', 'SignedMeteringValues are missing')
      : undefined;
  }
}

/** The OperatorID in the body, wherever the operation has it. */
function operatorNamedIn(body: unknown): string | undefined {
  const { OperatorID, OperatorEvseData, OperatorEvseStatus } = body as {
    OperatorID?: string;
    OperatorEvseData?: { OperatorID: string };
    OperatorEvseStatus?: { OperatorID: string };
  };
  return OperatorID ?? OperatorEvseData?.OperatorID ?? OperatorEvseStatus?.OperatorID;
}
