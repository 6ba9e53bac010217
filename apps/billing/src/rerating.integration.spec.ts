import { newUuid } from '@voltledger/platform';
import { eventually } from '@voltledger/testing';
import { BillingNetwork } from '../test/billing-network';
import { reratingOf } from '../test/messages';
import { corrected } from '../test/samples';
import { provenCdrs } from './cli/cdr-proof';
import { type EndedSession } from './domain/ended-session';

let network: BillingNetwork;
beforeAll(async () => {
  network = await BillingNetwork.start();
});
afterAll(() => network.close());

async function issuedSession(): Promise<EndedSession> {
  const charged = await network.charged();
  await network.happened(charged, 'CdrIssued');
  return charged;
}

async function owed({ sessionId }: EndedSession): Promise<number> {
  const [row] = await network.test.database.query<{ owed: number }>(
    `select sum(p.debit_micros - p.credit_micros)::bigint as owed
     from billing.ledger_entries e join billing.ledger_postings p using (entry_id)
     where e.session_id = $1 and p.account like 'receivable:%'`,
    [sessionId],
  );
  return row!.owed;
}

it('a re-rating credits and reissues in one step, once, with both people behind it', async () => {
  const charged = await issuedSession();
  const reratingId = newUuid();
  const message = reratingOf(charged, reratingId, corrected(charged, 290_000));
  await network.hear(message);
  await network.happened(charged, 'CdrIssued', 'CdrCredited', 'CdrIssued');
  await network.hear(message, { ...message, id: newUuid() });
  const [first, credit, second] = await network.eventsOf(charged);
  expect(credit).toMatchObject({
    data: {
      ...{ reratingId, by: 'ada, approved by bob', reason: 'Re-rated: the price was a typo' },
      credit: { billed: { afterTaxes: { micros: -4_640_000 } } },
    },
  });
  if (first?.type !== 'CdrIssued') throw new Error('no CDR');
  expect(second).toMatchObject({
    data: {
      reratingId,
      cdr: { replaces: first.data.cdr.cdrId, billed: { afterTaxes: { micros: 3_450_000 } } },
    },
  });
  await eventually(async () => expect(await owed(charged)).toBe(3_450_000));
  await network.happened(charged, 'CdrIssued', 'CdrCredited', 'CdrIssued');
  const { database, store } = network.running.storage;
  const problems: string[] = [];
  await eventually(async () => {
    problems.length = 0;
    await provenCdrs({ database, store }, (problem) => problems.push(problem));
    expect(problems).toEqual([]);
  });
});

it('a re-rating of a disputed CDR is refused and says so; the CDR stays as it was', async () => {
  const charged = await issuedSession();
  await eventually(async () =>
    expect(await network.count('billing.cdrs', 'session_id = $1', charged.sessionId)).toBe(1),
  );
  const [issued] = await network.eventsOf(charged);
  if (issued?.type !== 'CdrIssued') throw new Error('no CDR');
  const { cdrId } = issued.data.cdr;
  const claim = { cdrId, claimant: 'partner-xyz', claim: 'the car was not there' };
  expect((await network.call('finance', 'disputes', claim)).status).toBe(201);
  const reratingId = newUuid();
  await network.hear(reratingOf(charged, reratingId, corrected(charged, 290_000)));
  await network.happened(charged, 'CdrIssued', 'DisputeOpened', 'ReratingRefused');
  const [, , refused] = await network.eventsOf(charged);
  expect(refused).toMatchObject({ data: { reratingId, code: 'CDR_DISPUTED' } });
});
