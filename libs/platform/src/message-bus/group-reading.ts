import { type GroupSubscription, type Message, UnreadableMessage } from '@voltledger/kernel';
import { type PgTransaction } from '../database';
import { type Place, type Reading, slotKey } from '../log';
import { type Reports } from '../telemetry';
import { countHandled, countParked } from './bus-metrics';

const LANES = 4;
/** A transaction is closed after so long, and the rest of its batch comes with the next. */
const BATCH_MS_MAX = 100;

export interface GroupReadingParts<Entry extends Place> {
  readonly subscription: GroupSubscription;
  readonly reports: Reports;
  readonly messageOf: (entry: Entry) => Message;
  /** Brings the entry to the group's handler. */
  readonly deliver: (entry: Entry, tx: PgTransaction) => Promise<void>;
  /** Sets the message aside with its reason, for people to look at. */
  readonly park: (reason: string, message: Message, tx: PgTransaction) => Promise<void>;
}

/** How a group of any bus takes what it reads: handled in order, parked when unreadable. */
export function groupReading<Entry extends Place>({
  subscription: { group, topics, startAt = 'first' },
  reports,
  messageOf,
  deliver,
  park,
}: GroupReadingParts<Entry>): Reading<Entry> {
  return {
    reader: group,
    topics,
    startAt,
    lanes: LANES,
    handle: async (entries, tx) => {
      const handled = await sideBySide(deliver, lanesOf(entries, topics.length > 1), tx);
      tx.afterCommit(() => {
        countHandled(group, handled.length);
      });
      return handled;
    },
    setAside: async (entry, error, tx) => {
      if (!(error instanceof UnreadableMessage)) return false;
      await park(error.message, messageOf(entry), tx);
      tx.afterCommit(() => {
        countParked(group);
      });
      return true;
    },
    failed: (error, entry) => {
      reports.report(error, {
        work: group,
        ...(entry && whereabouts(messageOf(entry), entry)),
      });
    },
  };
}

/**
 * Within one transaction nothing keeps two handlers off the same row: `for update` does not hold up
 * who holds it. Messages of one topic and different keys have rows of their own; those of several
 * topics meet in one (a session and its price), so they are handled one after the other.
 */
const lanesOf = <Entry extends Place>(
  entries: readonly Entry[],
  isOfSeveralTopics: boolean,
): Iterable<readonly Entry[]> => (isOfSeveralTopics ? [entries] : bySlot(entries).values());

/**
 * Lanes side by side, the entries of each one after the other. When one of them fails the others are
 * waited for: nothing goes on in a transaction that is rolled back.
 *
 * @returns what was handled before the time for one transaction was over.
 */
async function sideBySide<Entry extends Place>(
  deliver: (entry: Entry, tx: PgTransaction) => Promise<void>,
  lanes: Iterable<readonly Entry[]>,
  tx: PgTransaction,
): Promise<readonly Entry[]> {
  const end = performance.now() + BATCH_MS_MAX;
  const handled: Entry[] = [];
  const inOne = async (lane: readonly Entry[]): Promise<void> => {
    for (const entry of lane) {
      await deliver(entry, tx);
      handled.push(entry);
      if (performance.now() > end) return;
    }
  };
  const outcomes = await Promise.allSettled([...lanes].map(inOne));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return handled;
}

function bySlot<Entry extends Place>(entries: readonly Entry[]): ReadonlyMap<string, Entry[]> {
  const slots = new Map<string, Entry[]>();
  for (const entry of entries) {
    const slot = slots.get(slotKey(entry));
    if (slot) slot.push(entry);
    else slots.set(slotKey(entry), [entry]);
  }
  return slots;
}

const whereabouts = (
  { id, type, correlationId }: Message,
  { topic, partition, position }: Place,
) => ({
  correlationId,
  facts: { message: id, type, place: `${topic}/${partition}/${position}` },
});
