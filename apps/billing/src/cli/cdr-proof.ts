import { setTimeout as pause } from 'node:timers/promises';
import { type EventStore, type SessionId, type Transaction, streamName } from '@voltledger/kernel';
import { chainPage, factsOf, linksOf, sessionsWithCdrs } from '../projections/cdr-records.table';
import { type Anchor, ChainProof } from './chain-proof';
import { type SessionRecords, sessionProblems } from './session-proof';

const PAGE = 500;
const STREAM_PAGE = 1_000;

export interface Proof {
  readonly head: Anchor;
  readonly problems: number;
}

/** Where the records are. */
export interface Records {
  readonly database: Transaction;
  readonly store: EventStore;
}

/** A CDR just issued takes so long at most from the chain to its event and to the list. */
const ON_ITS_WAY_MS = 3_000;

/** Proves every CDR from its event, and the chain from its first link. Problems come as found. */
export async function provenCdrs(
  records: Records,
  tell: (problem: string) => void,
  anchor?: Anchor,
): Promise<Proof> {
  const chain = new ChainProof(anchor);
  let problems = 0;
  const all = (found: readonly string[]) => {
    problems += found.length;
    found.forEach(tell);
  };
  for await (const link of links(records.database)) all(chain.follow(link));
  all(chain.end());
  for (const sessionId of await suspects(records)) all(await problemsOf(sessionId, records));
  return { head: chain.head, problems };
}

const problemsOf = async (sessionId: SessionId, records: Records): Promise<string[]> =>
  sessionProblems(await recordsOf(sessionId, records));

/** Sessions with problems. They are looked at again: the network may be running meanwhile. */
async function suspects(records: Records): Promise<SessionId[]> {
  const suspected: SessionId[] = [];
  for await (const sessionId of allSessions(records.database))
    if ((await problemsOf(sessionId, records)).length > 0) suspected.push(sessionId);
  if (suspected.length > 0) await pause(ON_ITS_WAY_MS);
  return suspected;
}

async function recordsOf(
  sessionId: SessionId,
  { database, store }: Records,
): Promise<SessionRecords> {
  const events = [];
  for (let after = 0; ;) {
    const page = await store.read(streamName('cdr', sessionId), after, STREAM_PAGE);
    events.push(...page);
    after += page.length;
    if (page.length < STREAM_PAGE) break;
  }
  const links = await linksOf(database, sessionId);
  const facts = await factsOf(database, sessionId);
  return { sessionId, events, links, facts };
}

async function* links(database: Transaction) {
  for (let after = 0; ;) {
    const page = await chainPage(database, after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.seal.sequence;
  }
}

async function* allSessions(database: Transaction) {
  for (let after: SessionId | undefined; ;) {
    const page = await sessionsWithCdrs(database, after, PAGE);
    yield* page;
    after = page.at(-1);
    if (page.length < PAGE) return;
  }
}
