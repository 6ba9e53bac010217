import { type PgTransaction } from '../database';
import { type Place } from './partitions';

/** Where the entries of a log are. */
export interface LogSource<Entry extends Place> {
  /** What stands behind each of these places: in order, about `each` per slot. */
  fetch(behind: readonly Place[], each: number): Promise<Entry[]>;
  /** The last committed place of every slot of these topics that has any; of all when left out. */
  heads(topics: readonly string[] | undefined): Promise<Place[]>;
}

/** What a reader does with a log. */
export interface Reading<Entry extends Place> {
  readonly reader: string;
  /** All topics, also those to come, when left out. */
  readonly topics: readonly string[] | undefined;
  readonly startAt: 'first' | 'end';
  /** How many transactions it may have under way at once. */
  readonly lanes: number;
  /**
   * Gets entries of one or several slots, in order within each slot.
   *
   * @returns those it has dealt with, of each slot from the first on; the others come again.
   */
  handle(entries: readonly Entry[], tx: PgTransaction): Promise<readonly Entry[]>;
  /**
   * After `handle` failed for this entry alone. In a transaction of its own it may put the entry
   * aside, which lets the slot go on. Without it, or when it returns false, the slot is held back.
   */
  setAside?(entry: Entry, error: unknown, tx: PgTransaction): Promise<boolean>;
  /** Told about each failure, also those that are tried again. */
  failed(error: unknown, entry?: Entry): void;
}
