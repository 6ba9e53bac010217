import { type CdrEvent } from '@voltledger/contracts';
import { type OutgoingMessage, type SessionId, streamName } from '@voltledger/kernel';
import { type RunningServices, newUuid, startServices } from '@voltledger/platform';
import { type TestDatabase, createTestDatabase, eventually } from '@voltledger/testing';
import { endOf, ratingOf, storyOf } from '../test/messages';
import { drawing, session } from '../test/samples';
import { billingService } from './app.module';
import { type EndedSession } from './domain/ended-session';

let test: TestDatabase;
let running: RunningServices;

beforeAll(async () => {
  test = await createTestDatabase();
  running = await started();
});

afterAll(async () => {
  await running.close();
  await test.close();
});

const started = () =>
  startServices([billingService], {
    environment: { DATABASE_URL: test.url, HTTP_PORT: '0', LOG_LEVEL: 'silent' },
  });

/** The sample, as a session of its own. */
const anew = (sample: EndedSession = session): EndedSession => ({
  ...sample,
  sessionId: newUuid() as string as SessionId,
});

const hear = (...messages: OutgoingMessage[]) => running.storage.bus.publish(messages);

async function eventsOf({ sessionId }: EndedSession): Promise<CdrEvent[]> {
  const events = await running.storage.store.read(streamName('cdr', sessionId));
  return events.map(({ type, data }) => ({ type, data }) as CdrEvent);
}

const typesOf = async (of: EndedSession) => (await eventsOf(of)).map(({ type }) => type);

interface Booked {
  readonly account: string;
  readonly balance: number;
}

/** What the books say about a session, account by account, where it is not nothing. */
const booked = ({ sessionId }: EndedSession) =>
  test.database.query<Booked>(
    `select account, (sum(debit_micros) - sum(credit_micros))::bigint as balance
     from billing.ledger_entries join billing.ledger_postings using (entry_id)
     where session_id = $1 group by account
     having sum(debit_micros) <> sum(credit_micros) order by account`,
    [sessionId],
  );

const cdrsOf = ({ sessionId }: EndedSession) =>
  test.database.query<{ kind: string; sequence: number }>(
    'select kind, sequence from billing.cdrs where session_id = $1 order by sequence',
    [sessionId],
  );

it('makes a session a CDR, in the stream, the chain, the list and the books', async () => {
  const charged = anew();
  await hear(...storyOf(charged));
  await eventually(async () =>
    expect(await booked(charged)).toEqual([
      { account: 'receivable:ocpi:partner-xyz', balance: 4_640_000 },
      { account: 'revenue:energy:DEU', balance: -3_900_000 },
      { account: 'tax-payable:DEU:VAT:19', balance: -740_000 },
    ]),
  );
  expect(await typesOf(charged)).toEqual(['CdrIssued']);
  await eventually(async () => expect(await cdrsOf(charged)).toHaveLength(1));
});

it('takes everything twice and charges once', async () => {
  const charged = anew();
  const story = storyOf(charged);
  await hear(...story, ...story.map((message) => ({ ...message, id: newUuid() })));
  await eventually(async () => expect(await booked(charged)).toHaveLength(3));
  await hear(...story.map((message) => ({ ...message, id: newUuid() })));
  const other = anew();
  await hear(...storyOf(other));
  await eventually(async () => expect(await booked(other)).toHaveLength(3));
  expect(await typesOf(charged)).toEqual(['CdrIssued']);
  expect(await cdrsOf(charged)).toHaveLength(1);
});

it('1.6: a late stop of 1.234 kWh more: credit, new CDR, and the books sum to the new amount', async () => {
  const charged = anew();
  await hear(...storyOf(charged));
  await eventually(async () => expect(await typesOf(charged)).toEqual(['CdrIssued']));
  const late = { ...drawing('11.234'), sessionId: charged.sessionId };
  const truth = { ...late, endRevision: 9, ratedRevision: 9 };
  await hear(endOf(truth), ratingOf(truth));
  await eventually(async () =>
    // 11.234 kWh at 0.39: 4.38126 net, 0.832439 VAT, 5.213699 gross.
    expect(await booked(charged)).toEqual([
      { account: 'receivable:ocpi:partner-xyz', balance: 5_210_000 },
      { account: 'revenue:energy:DEU', balance: -4_380_000 },
      { account: 'tax-payable:DEU:VAT:19', balance: -830_000 },
    ]),
  );
  expect(await typesOf(charged)).toEqual(['CdrIssued', 'CdrCredited', 'CdrIssued']);
});

it('holds without a price, and issues by itself when the price arrives', async () => {
  const { rating: _, ...unpriced } = anew();
  await hear(...storyOf(unpriced));
  await eventually(async () => expect(await typesOf(unpriced)).toEqual(['CdrHeld']));
  await hear({ ...ratingOf({ ...unpriced, rating: session.rating! }), id: newUuid() });
  await eventually(async () =>
    expect(await typesOf(unpriced)).toEqual(['CdrHeld', 'CdrReleased', 'CdrIssued']),
  );
});

it('goes on where a crash between chain and stream left off: no fork, no hole', async () => {
  const charged = anew();
  const append = jest
    .spyOn(running.storage.store, 'append')
    .mockRejectedValueOnce(new Error('the process dies here'));
  await hear(...storyOf(charged));
  await eventually(async () => expect(await typesOf(charged)).toEqual(['CdrIssued']));
  expect(append).toHaveBeenCalledTimes(2);
  append.mockRestore();
  const links = await test.database.query(
    'select cdr_id from billing.cdr_chain where session_id = $1',
    [charged.sessionId],
  );
  expect(links).toHaveLength(1);
});
