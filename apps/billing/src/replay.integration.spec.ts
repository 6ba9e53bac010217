import { eventually } from '@voltledger/testing';
import { BillingNetwork } from '../test/billing-network';
import { endOf, ratingOf } from '../test/messages';
import { drawing, session } from '../test/samples';
import { newUuid } from '@voltledger/platform';
import { PROJECTIONS } from './projections/rebuildable';

let network: BillingNetwork;
beforeAll(async () => {
  network = await BillingNetwork.start();
});
afterAll(() => network.close());

const GROUPS = Object.values(PROJECTIONS).map(({ group }) => group);

/** Every group has read all there is, and nothing is due. */
const atRest = () =>
  eventually(async () => {
    const [behind] = await network.test.database.query(
      `select count(*) as messages from bus.messages m join bus.offsets o using (topic, partition)
       where o.reader = any($1) and m.position > o.position`,
      [GROUPS],
    );
    expect(behind).toEqual({ messages: 0 });
    expect(await network.count('billing.chargeable_sessions', 'due')).toBe(0);
    // The relay has brought every CDR from the store to the bus.
    const links = await network.count('billing.cdr_chain');
    expect(await network.count('billing.ledger_entries')).toBe(links);
    expect(await network.count('billing.cdrs')).toBe(links);
  });

/** All that a reader of these tables sees, and how much was ever said. */
async function seen(): Promise<unknown[]> {
  const columns = [
    ['billing.chargeable_sessions', 'session_id, state'],
    ['billing.cdr_chain', '*'],
    ['billing.cdrs', '*'],
    ['billing.cdr_holds', '*'],
    ['billing.ledger_entries', '*'],
    ['billing.ledger_postings', '*'],
    ['event_store.events', 'stream, revision, type'],
    ['bus.messages', 'topic, partition, position'],
  ];
  return Promise.all(
    columns.map(([table, shown]) =>
      network.test.database.query(
        `select '${table}' as "table", count(*) as many, md5(string_agg(r::text, '|' order by r::text))
         from (select ${shown} from ${table}) r`,
      ),
    ),
  );
}

it('1.13: a replay from the first message leaves every row as it was, and says nothing', async () => {
  const charged = await network.charged();
  const { rating: _, ...unpriced } = session;
  const held = await network.charged(unpriced);
  await network.happened(charged, 'CdrIssued');
  await network.happened(held, 'CdrHeld');
  const late = { ...drawing('11'), sessionId: charged.sessionId };
  const truth = { ...late, endRevision: 9, ratedRevision: 9 };
  const priced = { ...session, sessionId: held.sessionId, endedAt: late.endedAt };
  await network.hear(endOf(truth), ratingOf(truth), { ...ratingOf(priced), id: newUuid() });
  await network.happened(charged, 'CdrIssued', 'CdrCredited', 'CdrIssued');
  await network.happened(held, 'CdrHeld', 'CdrReleased', 'CdrIssued');
  await atRest();
  const before = await seen();

  const { bus, database } = network.running.storage;
  await database.transaction(async (tx) => {
    for (const group of GROUPS) await bus.rewind(group, tx);
  });
  await atRest();
  expect(await seen()).toEqual(before);
});
