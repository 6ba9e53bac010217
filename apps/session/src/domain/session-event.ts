import { type SessionEvent } from '@voltledger/contracts';
import { type SessionId } from '@voltledger/kernel';

/** Facts of streams `authorization-<requestId>`. */
export type AuthorizationEvent = Extract<
  SessionEvent,
  { type: `Authoriz${string}` | `RoamingAuthorization${string}` }
>;

/** Facts of streams `start-<startId>`. */
export type RemoteStartEvent = Extract<SessionEvent, { type: `Start${string}` }>;

/**
 * A numbered report, or one that was set aside, has been taken. Bookkeeping of the stream alone:
 * it says which number comes next, also when a report brought nothing else, and is not published.
 */
export interface ReportTaken {
  readonly type: 'ReportTaken';
  readonly data: {
    readonly sessionId: SessionId;
    readonly seqNo?: number;
    readonly fingerprint: string;
  };
}

/** Facts of streams `session-<sessionId>`: what the contract names, and `ReportTaken`. */
export type ChargingEvent =
  Exclude<SessionEvent, AuthorizationEvent | RemoteStartEvent> | ReportTaken;
