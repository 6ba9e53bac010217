import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Instant, type Message, type SessionId, instant, instantAt } from '@voltledger/kernel';
import { unsealed } from '@voltledger/platform';
import { type TestDatabase, createTestDatabase } from '@voltledger/testing';
import { billingService } from './app.module';
import { meantBy, storyAsJson, storyAsText } from './cli/story-report';
import { CdrsProjector } from './projections/cdrs.projector';
import { LedgerProjector } from './projections/ledger.projector';
import { forgetStories, storyFacts, storyLines } from './projections/story.table';
import { StoryProjector } from './projections/story.projector';

const golden = (name: string) => path.join(__dirname, '..', 'test', 'golden', name);

/** What the demo's six services said about one session, as it was on the bus. */
const told = JSON.parse(readFileSync(golden('session.messages.json'), 'utf8')) as Message[];
const sessionId = told[0]!.correlationId as SessionId;
const recordedAt = (type: string): Instant =>
  instant(told.find((message) => message.type === type)!.recordedAt);
const middle = recordedAt('MeterValueRecorded');

let test: TestDatabase;

async function hear(messages: readonly Message[]): Promise<void> {
  for (const { subscription } of [
    new StoryProjector(),
    new LedgerProjector(),
    new CdrsProjector(unsealed),
  ])
    for (const message of messages)
      if (subscription.topics.includes(message.topic))
        await test.database.transaction((tx) => subscription.handle(message, tx));
}

beforeAll(async () => {
  test = await createTestDatabase(billingService);
  await hear(told);
});
afterAll(() => test.close());

async function textOf(at?: Instant): Promise<string> {
  let text = '';
  await storyAsText(test.database, sessionId, at, (part) => void (text += part));
  return text;
}

/** As it stands in the file; `UPDATE_GOLDEN=1` writes it anew, to be read in the diff. */
function goldenText(name: string, now: string): string {
  if (process.env['UPDATE_GOLDEN']) writeFileSync(golden(name), now);
  return readFileSync(golden(name), 'utf8');
}

describe('the story of a session', () => {
  it('goes from the frame over reading, price with trace and CDR to partner and posting', async () => {
    const text = await textOf();
    expect(text).toBe(goldenText('session.story.txt', text));
  });

  it('ends where we were at a moment in the middle: nothing of what came later', async () => {
    const text = await textOf(middle);
    expect(text).toBe(goldenText('session.story-in-the-middle.txt', text));
    expect(await textOf()).toContain(text.split('\n\n')[1]!.trimEnd());
  });

  it('is the same when everything is heard again, in another order', async () => {
    const before = await textOf();
    await hear([...told].reverse());
    expect(await textOf()).toBe(before);
  });

  it('comes in pages that leave nothing out and tell nothing twice', async () => {
    const whole = await storyLines(test.database, sessionId, undefined, 1_000);
    const paged = [];
    for (let after: (typeof whole)[0]['place'] | undefined; ;) {
      const lines = await storyLines(test.database, sessionId, undefined, 3, after);
      paged.push(...lines);
      after = lines.at(-1)?.place;
      if (lines.length < 3) break;
    }
    expect(paged).toEqual(whole);
  });

  it('says how the session stood then', async () => {
    expect(await storyFacts(test.database, sessionId, middle)).toMatchObject({ state: 'charging' });
    const facts = await storyFacts(test.database, sessionId, undefined);
    expect(facts).toMatchObject({ state: expect.stringMatching(/^over since/) as string });
    expect(facts).not.toHaveProperty('cost');
  });

  it('is one JSON document when a program asks', async () => {
    let text = '';
    await storyAsJson(test.database, sessionId, middle, (part) => void (text += part));
    const document = JSON.parse(text) as { lines: object[]; at: string };
    expect(document).toMatchObject({ sessionId, at: middle, facts: { state: 'charging' } });
    expect(document.lines[0]).toMatchObject({ stage: 'station', type: 'TransactionStarted' });
  });

  it('names no token: neither in what the station sent nor in what we say', async () => {
    const { uid } = (told.find(({ type }) => type === 'SessionStarted')!.data as Started)
      .authorization.token;
    expect(JSON.stringify(told)).toContain(uid);
    expect(await textOf()).not.toContain(uid);
  });

  it('is found by the id of the session or of its CDR, or by how they begin', async () => {
    const { cdr } = told.find(({ type }) => type === 'CdrIssued')!.data as Issued;
    const { database } = test;
    for (const name of [sessionId, sessionId.slice(0, 8), sessionId.slice(0, 14)])
      expect(await meantBy(database, name)).toEqual([sessionId]);
    for (const name of [cdr.cdrId, cdr.cdrId.toUpperCase(), cdr.cdrId.slice(0, 8)])
      expect(await meantBy(database, name)).toEqual([sessionId]);
    expect(await meantBy(database, '00000000')).toEqual([]);
    expect(await meantBy(database, '%')).toEqual([]);
  });

  it('is forgotten when it is old', async () => {
    expect(await forgetStories(test.database, middle, 2)).toBe(2);
    expect(await forgetStories(test.database, instantAt(Date.now()), 1_000)).toBeGreaterThan(10);
    expect(await textOf()).toBe('');
    await hear(told);
    expect(await textOf()).not.toBe('');
  });
});

interface Started {
  readonly authorization: { readonly token: { readonly uid: string } };
}
interface Issued {
  readonly cdr: { readonly cdrId: string };
}
