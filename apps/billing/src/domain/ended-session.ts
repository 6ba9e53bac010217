import {
  type Anomaly,
  type Authorization,
  type Cdr,
  type ChargingPlace,
  type Rating,
  type Refusal,
  type Tariff,
} from '@voltledger/contracts';
import {
  type Instant,
  type MilliWattHours,
  type Revision,
  type SessionId,
} from '@voltledger/kernel';
import { type ProofDuties } from './proof-duty';

/** A doubt about the meter or the clock that the session found. */
export interface Doubt {
  readonly kind: Anomaly;
  readonly measuredAt: Instant;
  readonly detail: string;
}

/** What the proof of a signed record came to. */
export interface SignatureVerdict {
  readonly measuredAt: Instant;
  readonly recordHash: string;
  readonly verdict: 'verified' | 'rejected' | 'undecided';
  readonly codes: readonly string[];
  readonly detail: string;
  /** Whether the meter vouches for its clock. */
  readonly timeUsable: boolean;
}

/** Another session that the same token was charging in at the same time. */
export interface Overlap {
  readonly sessionId: SessionId;
  readonly startedAt: Instant;
}

/** A corrected price of the same end, which two people stand behind. */
export interface Rerating {
  readonly reratingId: string;
  /** Revision of the session's end that was rated. */
  readonly throughRevision: Revision;
  readonly rating: Rating;
  readonly tariff: Tariff;
  readonly contentHash: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
}

/** All that is known about a session that is over: what a CDR can be made of, or what is missing. */
export interface EndedSession {
  readonly sessionId: SessionId;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** Revision of the end in the session's stream, and of the end that was rated. */
  readonly endRevision: Revision;
  readonly ratedRevision: Revision;
  readonly meterStart?: MilliWattHours;
  readonly meterStop?: MilliWattHours;
  readonly delivered: MilliWattHours;
  readonly place?: ChargingPlace;
  readonly authorization?: Authorization;
  readonly refusal?: Refusal;
  /** Every price list that was fixed for the session, by content hash. */
  readonly tariffs: readonly { readonly tariff: Tariff; readonly contentHash: string }[];
  readonly rating?: Rating;
  readonly doubts: readonly Doubt[];
  /** The first few, by start; more than these change nothing. */
  readonly overlaps: readonly Overlap[];
  readonly signedData: Cdr['signedData'];
  readonly verdicts: readonly SignatureVerdict[];
  /** Where nothing may be billed that a signed record does not prove. */
  readonly proofDuties: ProofDuties;
  /** In the order they came. */
  readonly reratings: readonly Rerating[];
}
