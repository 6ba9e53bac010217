import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { type Posting } from './ledger-entry';
import { bookedText } from './ledger-text';
import { STAGES, type Stage, type StoryEntry, type StoryFacts } from './story-entry';

/** Keeps a line once, however often its message comes. */
export async function keepEntry(tx: Transaction, entry: StoryEntry): Promise<void> {
  const { sessionId, messageId, stage, type, recordedAt, occurredAt, correlationId } = entry;
  await tx.query(
    `insert into billing.story_entries (session_id, message_id, rank, type, recorded_at,
       occurred_at, correlation_id, text, details, facts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      ...[sessionId, messageId, STAGES.indexOf(stage), type, recordedAt, occurredAt],
      ...[correlationId, entry.text, JSON.stringify(entry.details), JSON.stringify(entry.facts)],
    ],
  );
}

/** A line as it is read, with its place among the others. */
export interface StoryLine extends Omit<StoryEntry, 'sessionId' | 'facts'> {
  readonly place: StoryPlace;
}

/** Lines come by the time they were recorded, then in causal order, then as they arrived. */
export interface StoryPlace {
  readonly recordedAt: Instant;
  readonly rank: number;
  readonly seq: number;
}

interface Row extends Omit<StoryLine, 'stage' | 'place' | 'details'> {
  readonly rank: number;
  readonly seq: number;
  readonly details: readonly string[];
  readonly postings: readonly Posting[] | null;
}

const LEDGER = STAGES.indexOf('ledger');

/** Entries of the ledger stand where the event they come from was recorded. */
const LINES = `
  select seq, rank, message_id as "messageId", type, recorded_at as "recordedAt",
    occurred_at as "occurredAt", correlation_id as "correlationId", text, details,
    null::jsonb as postings
  from billing.story_entries where session_id = $1
  union all
  select s.seq, ${LEDGER}, e.entry_id::text, e.kind, s.recorded_at, e.booked_at,
    s.correlation_id, 'posted: ' || e.kind, '[]', (
      select jsonb_agg(jsonb_build_object('account', p.account, 'debitMicros', p.debit_micros,
        'creditMicros', p.credit_micros, 'currency', p.currency) order by p.line)
      from billing.ledger_postings p where p.entry_id = e.entry_id)
  from billing.ledger_entries e
    join billing.story_entries s on s.session_id = e.session_id and s.message_id = e.event_id
  where e.session_id = $1`;

/** What was recorded until `at` (inclusive), behind the line at `after`. */
export async function storyLines(
  tx: Transaction,
  sessionId: SessionId,
  at: Instant | undefined,
  limit: number,
  after?: StoryPlace,
): Promise<StoryLine[]> {
  const rows = await tx.query<Row>(
    `select * from (${LINES}) as lines
     where ($2::timestamptz is null or "recordedAt" <= $2)
       and ($3::timestamptz is null or ("recordedAt", rank, seq) > ($3, $4::int, $5::bigint))
     order by "recordedAt", rank, seq limit $6`,
    [sessionId, at, after?.recordedAt, after?.rank, after?.seq, limit],
  );
  return rows.map(lineOf);
}

function lineOf({ rank, seq, postings, details, ...row }: Row): StoryLine {
  const stage = STAGES[rank] as Stage;
  const place = { recordedAt: row.recordedAt, rank, seq };
  return { ...row, stage, place, details: postings ? postings.map(postingText) : details };
}

const postingText = ({ account, debitMicros, creditMicros, currency }: Posting): string =>
  debitMicros > 0
    ? `debit  ${account} ${bookedText(debitMicros, currency)} ${currency}`
    : `credit ${account} ${bookedText(creditMicros, currency)} ${currency}`;

/** How the session stood at `at`: the last word on each fact by then. */
export async function storyFacts(
  tx: Transaction,
  sessionId: SessionId,
  at: Instant | undefined,
): Promise<StoryFacts> {
  const rows = await tx.query<{ name: string; said: string | null }>(
    `select distinct on (fact.key) fact.key as name, fact.value as said
     from billing.story_entries s cross join jsonb_each_text(s.facts) as fact
     where s.session_id = $1 and s.facts <> '{}'
       and ($2::timestamptz is null or s.recorded_at <= $2)
     order by fact.key, s.recorded_at desc, s.rank desc, s.seq desc`,
    [sessionId, at],
  );
  return Object.fromEntries(
    rows.filter(({ said }) => said !== null).map((row) => [row.name, row.said]),
  );
}

/** Deletes lines that are older. @returns how many. */
export async function forgetStories(
  tx: Transaction,
  before: Instant,
  limit: number,
): Promise<number> {
  const gone = await tx.query(
    `delete from billing.story_entries where (session_id, message_id) in (
       select session_id, message_id from billing.story_entries where recorded_at < $1 limit $2)
     returning 1`,
    [before, limit],
  );
  return gone.length;
}
