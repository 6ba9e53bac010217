import { type Cause } from '@voltledger/kernel';

/** Who asks for something by hand, with which key, and why: all of it is kept for the auditor. */
export interface ByHand {
  readonly by: string;
  readonly key: string;
  readonly note: string;
  readonly cause: Cause;
}
