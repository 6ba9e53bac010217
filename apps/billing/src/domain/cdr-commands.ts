import {
  type Cdr,
  type CdrSeal,
  type DisputeResolution,
  type HoldReason,
} from '@voltledger/contracts';
import {
  type CdrId,
  type Instant,
  type Money,
  type Revision,
  type SessionId,
} from '@voltledger/kernel';

/** A CDR with its place in the chain. Ids, dates and seals are made outside; they arrive here. */
export interface SealedCdr {
  readonly cdr: Cdr;
  readonly seal: CdrSeal;
}

/** What a charge rests on: an end of the session, and a price of exactly that end. */
export interface Basis {
  readonly endRevision?: Revision;
  readonly ratedRevision?: Revision;
}

/** Who acts: the name of an API key and its id; no key when it is the system itself. */
export interface Person {
  readonly by: string;
  readonly key?: string;
}

/** An act by hand, with its reason. */
export interface ByHand extends Person {
  readonly sessionId: SessionId;
  readonly note: string;
  readonly at: Instant;
}

export interface IssueCdr {
  readonly type: 'IssueCdr';
  readonly issued: SealedCdr;
  readonly basis: Basis;
  readonly reratingId?: string;
}

export interface HoldCdr {
  readonly type: 'HoldCdr';
  readonly sessionId: SessionId;
  readonly reasons: readonly HoldReason[];
  readonly at: Instant;
}

/** Vouches for what is held: at once, or by a request that a second person approves. */
export interface ReleaseCdr extends ByHand {
  readonly type: 'ReleaseCdr';
  readonly needsApproval: boolean;
  /** What would be billed, where that is known. */
  readonly amount?: Money;
}

/** The second pair of eyes on a release. */
export interface ApproveRelease extends ByHand {
  readonly type: 'ApproveRelease';
  readonly amount?: Money;
}

export interface RefuseRelease extends ByHand {
  readonly type: 'RefuseRelease';
}

/** Takes the live CDR back; none takes its place until somebody says so. */
export interface CreditCdr extends Person {
  readonly type: 'CreditCdr';
  readonly credit: SealedCdr;
  readonly reason: string;
  readonly reratingId?: string;
  /** The dispute that ends with it. */
  readonly resolution?: DisputeResolution;
}

/** Takes the live CDR back and issues another, in one decision. */
export interface CorrectCdr extends Omit<CreditCdr, 'type'>, Omit<IssueCdr, 'type'> {
  readonly type: 'CorrectCdr';
}

export interface OpenDispute extends Person {
  readonly type: 'OpenDispute';
  readonly sessionId: SessionId;
  readonly cdrId: CdrId;
  readonly disputeId: string;
  readonly claimant: string;
  readonly claim: string;
  readonly amount?: Money;
  readonly at: Instant;
}

/** The CDR stands; a dispute that ends otherwise is resolved by the credit itself. */
export interface RejectDispute {
  readonly type: 'RejectDispute';
  readonly sessionId: SessionId;
  readonly resolution: DisputeResolution;
  readonly at: Instant;
}

/** A re-rating cannot be applied to these CDRs. */
export interface RefuseRerating {
  readonly type: 'RefuseRerating';
  readonly sessionId: SessionId;
  readonly reratingId: string;
  readonly code: string;
  readonly detail: string;
  readonly at: Instant;
}

export type CdrCommand =
  | IssueCdr
  | HoldCdr
  | ReleaseCdr
  | ApproveRelease
  | RefuseRelease
  | CreditCdr
  | CorrectCdr
  | OpenDispute
  | RejectDispute
  | RefuseRerating;
