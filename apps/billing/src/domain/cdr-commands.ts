import { type Cdr, type CdrSeal, type HoldReason } from '@voltledger/contracts';
import { type Instant, type Revision, type SessionId } from '@voltledger/kernel';

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

export interface IssueCdr {
  readonly type: 'IssueCdr';
  readonly issued: SealedCdr;
  readonly basis: Basis;
}

export interface HoldCdr {
  readonly type: 'HoldCdr';
  readonly sessionId: SessionId;
  readonly reasons: readonly HoldReason[];
  readonly at: Instant;
}

export interface ReleaseCdr {
  readonly type: 'ReleaseCdr';
  readonly sessionId: SessionId;
  readonly by: string;
  readonly note: string;
  readonly at: Instant;
}

/** Takes the live CDR back; none takes its place until somebody says so. */
export interface CreditCdr {
  readonly type: 'CreditCdr';
  readonly credit: SealedCdr;
  readonly reason: string;
  readonly by: string;
}

/** Takes the live CDR back and issues another, in one decision. */
export interface CorrectCdr extends Omit<CreditCdr, 'type'>, Omit<IssueCdr, 'type'> {
  readonly type: 'CorrectCdr';
}

export type CdrCommand = IssueCdr | HoldCdr | ReleaseCdr | CreditCdr | CorrectCdr;
