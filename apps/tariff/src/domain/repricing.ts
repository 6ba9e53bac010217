import { type Costs, type Price, type Rating, type Tariff } from '@voltledger/contracts';
import { type Instant, type SessionId } from '@voltledger/kernel';
import { type RatingTerms } from './compiled-tariff';
import { costsOnly, ratingOf } from './rating';
import { type RatingState } from './rating-state';
import { type Mark, type SessionEnd, ratedToEnd } from './session-history';
import { selectedTariff } from './tariff-selection';

/** A session that is over, as it has to be known to rate it again. */
export interface PastSession {
  readonly sessionId: SessionId;
  readonly startedAt: Instant;
  readonly adHoc: boolean;
  readonly timeZone: string;
  readonly marks: readonly Mark[];
  readonly end: SessionEnd & { readonly revision: number };
  /** What it is charged now; absent when nobody knew a price. */
  readonly costs?: Costs | undefined;
}

/**
 * What another tariff makes of a session. `not-for-it`: the session did not start under it, by its
 * validity or type. `other-currency`: amounts of two currencies have no difference.
 */
export type Outcome = 'changed' | 'first-price' | 'not-for-it' | 'other-currency' | 'same';

export interface Difference {
  readonly outcome: Outcome;
  /** Absent where nobody knew a price, or where it is of another currency. */
  readonly was?: Price | undefined;
  /** Absent where the tariff is not for the session. */
  readonly becomes?: Price | undefined;
}

/** By the same function as when the session ended: only the tariff is another. */
export const ratedAnew = (terms: RatingTerms, session: PastSession): Rating =>
  ratingOf(terms, stateOf(terms, session));

/** The costs of it alone: all that a difference needs. */
export const costsAnew = (terms: RatingTerms, session: PastSession): Costs =>
  costsOnly(terms, stateOf(terms, session));

const stateOf = (terms: RatingTerms, { startedAt, marks, end }: PastSession): RatingState =>
  ratedToEnd(terms, startedAt, marks, end);

export const isFor = (tariff: Tariff, { startedAt, adHoc }: PastSession): boolean =>
  selectedTariff([tariff], startedAt, { adHoc }) !== undefined;

export function differenceOf(terms: RatingTerms, session: PastSession): Difference {
  const { costs: was } = session;
  if (!isFor(terms.tariffs[0].tariff, session)) return { outcome: 'not-for-it', was: was?.total };
  const becomes = costsAnew(terms, session);
  if (!was) return { outcome: 'first-price', becomes: becomes.total };
  if (currencyOf(was) !== currencyOf(becomes))
    return { outcome: 'other-currency', becomes: becomes.total };
  const outcome = sameCosts(was, becomes) ? 'same' : 'changed';
  return { outcome, was: was.total, becomes: becomes.total };
}

const currencyOf = ({ total }: Costs): string => total.beforeTaxes.currency;

const PARTS = ['fixed', 'energy', 'time', 'parking', 'reservation', 'total'] as const;

/** Every part, not only the total: a CDR shows them all. */
export const sameCosts = (one: Costs, other: Costs): boolean =>
  PARTS.every((part) => samePrice(one[part], other[part]));

function samePrice(one: Price | undefined, other: Price | undefined): boolean {
  if (!one || !other) return one === other;
  return amountsOf(one).join() === amountsOf(other).join();
}

const amountsOf = ({ beforeTaxes, afterTaxes, taxes }: Price): (number | string | undefined)[] => [
  ...[beforeTaxes.micros, afterTaxes?.micros],
  ...taxes.flatMap(({ name, percent, amount }) => [name, percent, amount.micros]),
];
