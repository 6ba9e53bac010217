import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';
import { storyHeader, storyLineText } from '../projections/story-text';
import {
  type StoryLine,
  type StoryPlace,
  storyFacts,
  storyLines,
} from '../projections/story.table';
import { type Write } from './ledger-report';

const PAGE = 1_000;

/** @returns how many lines the story has. */
export async function storyAsText(
  database: Transaction,
  sessionId: SessionId,
  at: Instant | undefined,
  write: Write,
): Promise<number> {
  let many = 0;
  for await (const page of pages(database, sessionId, at)) {
    if (many === 0)
      await write(storyHeader(sessionId, at, await storyFacts(database, sessionId, at)));
    many += page.length;
    await write(page.map(storyLineText).join(''));
  }
  return many;
}

/** One JSON document: how the session stood, then line by line how it came to be so. */
export async function storyAsJson(
  database: Transaction,
  sessionId: SessionId,
  at: Instant | undefined,
  write: Write,
): Promise<number> {
  let many = 0;
  for await (const page of pages(database, sessionId, at)) {
    const head = { sessionId, ...(at && { at }), facts: await storyFacts(database, sessionId, at) };
    if (many === 0) await write(`${JSON.stringify(head).slice(0, -1)},"lines":[\n`);
    await write((many === 0 ? '' : ',\n') + page.map(jsonOf).join(',\n'));
    many += page.length;
  }
  if (many > 0) await write('\n]}\n');
  return many;
}

const jsonOf = ({ place: _place, ...line }: StoryLine): string => JSON.stringify(line);

async function* pages(database: Transaction, sessionId: SessionId, at: Instant | undefined) {
  for (let after: StoryPlace | undefined; ;) {
    const page = await storyLines(database, sessionId, at, PAGE, after);
    if (page.length > 0) yield page;
    after = page.at(-1)?.place;
    if (page.length < PAGE) return;
  }
}

/** Sessions that somebody may mean: by their id, the id of one of their CDRs, or how one begins. */
export async function meantBy(database: Transaction, text: string): Promise<SessionId[]> {
  const digits = text.toLowerCase().replaceAll('-', '');
  if (!/^[0-9a-f]{8,32}$/.test(digits)) return [];
  const [first, last] = [uuidOf(digits.padEnd(32, '0')), uuidOf(digits.padEnd(32, 'f'))];
  const rows = await database.query<{ session_id: SessionId }>(
    `select distinct session_id from billing.story_entries
     where session_id >= $1::uuid and session_id <= $2::uuid
     union
     select distinct session_id from billing.cdrs where lower(cdr_id) like $3 limit 10`,
    [first, last, `${text.toLowerCase()}%`],
  );
  return rows.map(({ session_id }) => session_id);
}

const uuidOf = (digits: string): string =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
