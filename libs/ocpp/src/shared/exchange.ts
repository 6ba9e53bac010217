import { type Exchange } from '../reports';
import { type Inbound } from '../version';

/** Pairs the two directions of one action. */
export const exchange = <Kind extends Exchange>(
  kind: Kind,
  read: Inbound<Kind>['read'],
  write: Inbound<Kind>['write'],
): Inbound<Kind> => ({ kind, read, write });

/** The answer to what is only taken note of. */
export const nothingToSay = (): object => ({});
