import {
  type Authorization,
  type ChargingPlace,
  type ChargingState,
  type SignedContent,
} from '@voltledger/contracts';
import {
  type Currency,
  type Instant,
  type MilliWattHours,
  type SessionId,
  type StationId,
} from '@voltledger/kernel';
import { type Meter } from './meter';
import { type StationReport } from './session-command';

/** More reports than this are never kept waiting: then the gap is closed. */
export const SET_ASIDE_MAX = 256;

/** Nothing is known yet. */
export interface NoSession {
  readonly status: 'none';
}

/** Something of it is known, but not its start (domain.md 1.3). */
export interface AnnouncedSession {
  readonly status: 'announced';
  readonly authorization?: Authorization;
  readonly aside: readonly StationReport[];
}

export interface ExaminedRecord {
  readonly recordHash: string;
  readonly verdict: 'verified' | 'rejected' | 'undecided';
  readonly codes: readonly string[];
  /** Absent where it could not be read. */
  readonly content?: SignedContent;
}

/** What a session remembers from its start to its end. Of one size, however long it is. */
interface Story {
  readonly sessionId: SessionId;
  readonly stationId: StationId;
  readonly transactionId: string;
  readonly place?: ChargingPlace;
  readonly authorization?: Authorization;
  readonly startedAt: Instant;
  /** The station once told the right time in a report that came at once. */
  readonly clockRight: boolean;
  readonly clockDoubted: boolean;
  readonly meter?: Meter;
  readonly charging?: { readonly state: ChargingState; readonly at: Instant };
  /** The latest moment the station told of. */
  readonly heardAt: Instant;
  readonly currency?: Currency;
  readonly pricedAt?: Instant;
  /** The last stop that somebody asked for. */
  readonly stop?: { readonly commandId: string; readonly answered: boolean };
  /** Signed records that were examined: the first and the latest. */
  readonly signed?: readonly ExaminedRecord[];
  /** The number the next report has; absent where the station does not number them. */
  readonly expected?: number;
  readonly aside: readonly StationReport[];
}

export interface SessionEnd {
  /** The station's own word. */
  readonly reason?: string;
  readonly endedAt: Instant;
  /** Absent: no reading came with the end, so `delivered` may still grow. */
  readonly meterStop?: MilliWattHours;
  readonly delivered: MilliWattHours;
}

export type ActiveSession = Story & { readonly status: 'active' };
export type EndedSession = Story & { readonly status: 'ended'; readonly end: SessionEnd };
/** Closed because no end ever came; a true end still replaces it. */
export type EstimatedSession = Story & { readonly status: 'estimated'; readonly end: SessionEnd };

export type ClosedSession = EndedSession | EstimatedSession;
export type StartedSession = ActiveSession | ClosedSession;
export type ChargingSession = NoSession | AnnouncedSession | StartedSession;

export const noSession: ChargingSession = { status: 'none' };

export const hasStarted = (session: ChargingSession): session is StartedSession =>
  session.status !== 'none' && session.status !== 'announced';

export const isClosed = (session: ChargingSession): session is ClosedSession =>
  session.status === 'ended' || session.status === 'estimated';
