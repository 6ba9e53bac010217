import { eventually } from '@voltledger/testing';
import { newUuid } from '@voltledger/platform';
import { BillingNetwork, anew } from '../test/billing-network';
import { endOf, ratingOf, sessionMessage, storyOf } from '../test/messages';
import { drawing, session } from '../test/samples';
import { type EndedSession } from './domain/ended-session';
import { CdrChain } from './outbound/cdr-chain';

let network: BillingNetwork;
beforeAll(async () => {
  network = await BillingNetwork.start();
});
afterAll(() => network.close());

interface Booked {
  readonly account: string;
  readonly balance: number;
}

/** What the books say about a session, account by account, where it is not nothing. */
const booked = ({ sessionId }: EndedSession) =>
  network.test.database.query<Booked>(
    `select account, (sum(debit_micros) - sum(credit_micros))::bigint as balance
     from billing.ledger_entries join billing.ledger_postings using (entry_id)
     where session_id = $1 group by account
     having sum(debit_micros) <> sum(credit_micros) order by account`,
    [sessionId],
  );

const cdrsOf = ({ sessionId }: EndedSession) =>
  network.count('billing.cdrs', 'session_id = $1', sessionId);

it('makes a session a CDR, in the stream, the chain, the list and the books', async () => {
  const charged = await network.charged();
  await eventually(async () =>
    expect(await booked(charged)).toEqual([
      { account: 'receivable:ocpi:partner-xyz', balance: 4_640_000 },
      { account: 'revenue:energy:DEU', balance: -3_900_000 },
      { account: 'tax-payable:DEU:VAT:19', balance: -740_000 },
    ]),
  );
  await network.happened(charged, 'CdrIssued');
  await eventually(async () => expect(await cdrsOf(charged)).toBe(1));
});

it('takes everything twice and charges once', async () => {
  const charged = anew();
  const story = storyOf(charged);
  await network.hear(...story, ...story.map((message) => ({ ...message, id: newUuid() })));
  await eventually(async () => expect(await booked(charged)).toHaveLength(3));
  await network.hear(...story.map((message) => ({ ...message, id: newUuid() })));
  const other = anew();
  await network.hear(...storyOf(other));
  await eventually(async () => expect(await booked(other)).toHaveLength(3));
  await network.happened(charged, 'CdrIssued');
  expect(await cdrsOf(charged)).toBe(1);
});

it('1.6: a late stop of 1.234 kWh more: credit, new CDR, and the books sum to the new amount', async () => {
  const charged = anew();
  await network.hear(...storyOf(charged));
  await network.happened(charged, 'CdrIssued');
  const late = { ...drawing('11.234'), sessionId: charged.sessionId };
  const truth = { ...late, endRevision: 9, ratedRevision: 9 };
  await network.hear(endOf(truth), ratingOf(truth));
  await eventually(async () =>
    // 11.234 kWh at 0.39: 4.38126 net, 0.832439 VAT, 5.213699 gross.
    expect(await booked(charged)).toEqual([
      { account: 'receivable:ocpi:partner-xyz', balance: 5_210_000 },
      { account: 'revenue:energy:DEU', balance: -4_380_000 },
      { account: 'tax-payable:DEU:VAT:19', balance: -830_000 },
    ]),
  );
  await network.happened(charged, 'CdrIssued', 'CdrCredited', 'CdrIssued');
});

it('holds without a price, and issues by itself when the price arrives', async () => {
  const { rating: _, ...unpriced } = anew();
  await network.hear(...storyOf(unpriced));
  await network.happened(unpriced, 'CdrHeld');
  await network.hear({ ...ratingOf({ ...unpriced, rating: session.rating! }), id: newUuid() });
  await network.happened(unpriced, 'CdrHeld', 'CdrReleased', 'CdrIssued');
});

describe('a crash between chain and stream', () => {
  /** The next append does not come through, as if the process died before it. */
  const dying = () =>
    jest
      .spyOn(network.running.storage.store, 'append')
      .mockRejectedValueOnce(new Error('the process dies here'));

  const linksOf = ({ sessionId }: EndedSession) =>
    network.count('billing.cdr_chain', 'session_id = $1', sessionId);

  it('leaves no fork and no hole when a CDR is issued', async () => {
    const append = dying();
    const charged = await network.charged();
    await network.happened(charged, 'CdrIssued');
    expect(append).toHaveBeenCalledTimes(2);
    append.mockRestore();
    expect(await linksOf(charged)).toBe(1);
  });

  it('keeps a credit and what replaces the credited together', async () => {
    const charged = await network.charged();
    await network.happened(charged, 'CdrIssued');
    const append = dying();
    const late = { ...drawing('11'), sessionId: charged.sessionId };
    const truth = { ...late, endRevision: 9, ratedRevision: 9 };
    await network.hear(endOf(truth), ratingOf(truth));
    await network.happened(charged, 'CdrIssued', 'CdrCredited', 'CdrIssued');
    append.mockRestore();
    expect(await linksOf(charged)).toBe(3);
  });

  it('issues what has its place already, even if a doubt came up meanwhile', async () => {
    const append = dying();
    const charged = await network.charged();
    await eventually(async () => expect(await linksOf(charged)).toBe(1));
    append.mockRestore();
    const { sessionId } = charged;
    const data = { sessionId, kind: 'jump', measuredAt: charged.endedAt, detail: 'late' } as const;
    await network.hear(sessionMessage(sessionId, 9, { type: 'MeterAnomalyFound', data }));
    await network.happened(charged, 'CdrIssued', 'CdrHeld');
    expect(await linksOf(charged)).toBe(1);
  });
});

it('a session that cannot be settled delays no other, and is tried again', async () => {
  const bad = anew();
  const chain = network.running.app.get(CdrChain);
  const honest = chain.reserve.bind(chain);
  const reserve = jest.spyOn(chain, 'reserve').mockImplementation((links) => {
    const refused = links.some(({ cdr }) => cdr.sessionId === bad.sessionId);
    return refused ? Promise.reject(new Error('the disk is full')) : honest(links);
  });
  await network.hear(...storyOf(bad));
  const good = await network.charged();
  await network.happened(good, 'CdrIssued');
  const failing = `session_id = $1 and failures > 0 and last_error like '%disk is full%'`;
  await eventually(async () =>
    expect(await network.count('billing.chargeable_sessions', failing, bad.sessionId)).toBe(1),
  );
  reserve.mockRestore();
  await network.happened(bad, 'CdrIssued');
});
