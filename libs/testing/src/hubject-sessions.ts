import { createHash } from 'node:crypto';
import {
  type ChargeDetailRecord,
  type ChargingNotification,
  isSameProvider,
  sessionIdKey,
} from '@voltledger/oicp';

export interface HubjectSession {
  readonly sessionId: string;
  readonly operatorId: string;
  readonly providerId: string;
  readonly evseId?: string | undefined;
  state: 'open' | 'closed' | 'deleted';
  lastProgressAt?: number;
  readonly notifications: ChargingNotification[];
  cdr?: ChargeDetailRecord;
}

/** The broker's sessions. It alone makes their ids. */
export class HubjectSessions {
  private readonly sessions = new Map<string, HubjectSession>();
  private count = 0;

  constructor(private readonly seed: string) {}

  open(operatorId: string, providerId: string, evseId: string | undefined): HubjectSession {
    const sessionId = this.nextId();
    const session: HubjectSession = {
      sessionId,
      operatorId,
      providerId,
      evseId,
      state: 'open',
      notifications: [],
    };
    this.sessions.set(sessionIdKey(sessionId), session);
    return session;
  }

  find(sessionId: string): HubjectSession | undefined {
    return this.sessions.get(sessionIdKey(sessionId));
  }

  /** Open, and of this operator or this provider: to others it does not exist. */
  openOf(
    sessionId: string,
    owner: { readonly operatorId?: string; readonly providerId?: string },
  ): HubjectSession | undefined {
    const session = this.find(sessionId);
    if (session?.state !== 'open') return undefined;
    const isOperators = owner.operatorId === undefined || owner.operatorId === session.operatorId;
    const isProviders =
      owner.providerId === undefined || isSameProvider(owner.providerId, session.providerId);
    return isOperators && isProviders ? session : undefined;
  }

  all(): HubjectSession[] {
    return [...this.sessions.values()];
  }

  /** The same seed gives the same ids in the same order. */
  private nextId(): string {
    this.count += 1;
    const hex = createHash('sha256')
      .update(`${this.seed} ${String(this.count)}`)
      .digest('hex');
    const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
    return [...parts, hex.slice(20, 32)].join('-');
  }
}
