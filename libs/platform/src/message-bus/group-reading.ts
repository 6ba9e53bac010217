import { type GroupSubscription, type Message, UnreadableMessage } from '@voltledger/kernel';
import { type PgTransaction } from '../database';
import { type Place, type Reading } from '../log';
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

/** How a group of any bus takes what it reads: handled in turn, parked when unreadable. */
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
      const handled = await inTurn(deliver, entries, tx);
      tx.afterCommit(() => {
        countHandled(group, handled);
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

/** @returns how many were handled before the time for one transaction was over. */
async function inTurn<Entry>(
  deliver: (entry: Entry, tx: PgTransaction) => Promise<void>,
  entries: readonly Entry[],
  tx: PgTransaction,
): Promise<number> {
  const end = performance.now() + BATCH_MS_MAX;
  let handled = 0;
  for (const entry of entries) {
    await deliver(entry, tx);
    handled += 1;
    if (performance.now() > end) break;
  }
  return handled;
}

const whereabouts = (
  { id, type, correlationId }: Message,
  { topic, partition, position }: Place,
) => ({
  correlationId,
  facts: { message: id, type, place: `${topic}/${partition}/${position}` },
});
