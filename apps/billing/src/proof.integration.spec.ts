import { type SessionId } from '@voltledger/kernel';
import { newUuid } from '@voltledger/platform';
import { type TestDatabase, eventually } from '@voltledger/testing';
import { BillingNetwork } from '../test/billing-network';
import { endOf, ratingOf, storyOf } from '../test/messages';
import { drawing, session } from '../test/samples';
import { balanceAsCsv, trialBalanceOf } from './cli/balance-report';
import { provenCdrs } from './cli/cdr-proof';
import { ledgerAsCsv, ledgerAsJson } from './cli/ledger-report';

const sessionIds = [1, 2, 3].map(() => newUuid() as string as SessionId);
const [first, second, third] = sessionIds as [SessionId, SessionId, SessionId];

let network: BillingNetwork;
let test: TestDatabase;

/** The role of a runtime that owns no table, as an operator would make it. */
const withRuntimeRole = ({ database }: TestDatabase) =>
  database.query(`do $$ begin
    create role voltledger_billing;
  exception when duplicate_object or unique_violation then null;
  end $$`);

/** Three sessions; the end of the third is corrected: four CDRs and a credit. */
beforeAll(async () => {
  network = await BillingNetwork.start(withRuntimeRole);
  ({ test } = network);
  for (const sessionId of sessionIds) await network.hear(...storyOf({ ...session, sessionId }));
  await eventually(async () => expect(await entries()).toBe(3));
  const truth = { ...drawing('11.5'), sessionId: third, endRevision: 9, ratedRevision: 9 };
  await network.hear(endOf(truth), ratingOf(truth));
  await eventually(async () => expect(await entries()).toBe(5));
  await eventually(async () => expect(await network.count('billing.cdrs')).toBe(5));
});

afterAll(() => network.close());

const entries = () => network.count('billing.ledger_entries');

async function proof(anchor?: { sequence: number; hash: string }) {
  const told: string[] = [];
  const { database, store } = network.running.storage;
  const { head } = await provenCdrs({ database, store }, (problem) => told.push(problem), anchor);
  return { head, told };
}

/** Only who owns the table, and switches its guard off, can do this. */
async function forge(table: string, statement: string, ...parameters: unknown[]): Promise<void> {
  const guard = (action: string) =>
    test.database.query(`alter table ${table} ${action} trigger append_only`);
  await guard('disable');
  await test.database.query(statement, parameters);
  await guard('enable');
}

describe('2.1 what was issued stays', () => {
  it.each([
    ['billing.cdr_chain', 'cdr_id'],
    ['billing.cdrs', 'cdr_id'],
    ['billing.ledger_entries', 'cdr_id'],
    ['billing.ledger_postings', 'account'],
  ])(
    '%s has no update, no delete and no truncate, not even for its owner',
    async (table, column) => {
      for (const statement of [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        await expect(test.database.query(statement)).rejects.toThrow(/is append-only/);
    },
  );

  it('a runtime role may read and add, and has no right to change', async () => {
    const [may] = await test.database.query(
      `select has_table_privilege('voltledger_billing', 'billing.cdrs', 'insert') as add,
         has_table_privilege('voltledger_billing', 'billing.cdrs', 'update') as change,
         has_table_privilege('voltledger_billing', 'billing.cdrs', 'delete') as remove`,
    );
    expect(may).toEqual({ add: true, change: false, remove: false });
  });

  it('2.3: an id that differs in case only clashes', async () => {
    const insert = `insert into billing.cdr_chain
      select 99, upper(cdr_id), session_id, cdr, intent, content_hash, repeat('a', 64),
        repeat('b', 64), issued_at from billing.cdr_chain where sequence = 1`;
    await expect(test.database.query(insert)).rejects.toThrow(/unique/);
  });
});

describe('the books', () => {
  const posting = `insert into billing.ledger_postings
    select entry_id, 9, 'x', 1, 0, 'EUR' from billing.ledger_entries limit 1`;

  it('take no further posting into an entry that is closed', () =>
    expect(test.database.query(posting)).rejects.toThrow(/is closed/));

  it('take no entry that does not balance', () =>
    expect(
      test.database.query(
        `with entry as (insert into billing.ledger_entries
           select gen_random_uuid(), 'e', 'r', 'k', now(), 'c', gen_random_uuid(), null
           returning entry_id)
         insert into billing.ledger_postings
         select entry_id, line, 'x', line, 0, 'EUR' from entry, generate_series(1, 2) line`,
      ),
    ).rejects.toThrow(/closed|does not balance/));

  it('balance to 0, and sum to what the live CDRs say', async () => {
    const trial = await trialBalanceOf(test.database, undefined);
    expect(trial.balanced).toBe(true);
    // 2 x 4.64 and, for 11.5 kWh, 5.34; the credited 4.64 stands on both sides.
    expect(balanceAsCsv(trial).split('\r\n')).toEqual([
      'account,debit,credit,balance,currency',
      'receivable:ocpi:partner-xyz,19.26,4.64,14.62,EUR',
      'revenue:energy:DEU,3.90,16.19,-12.29,EUR',
      'tax-payable:DEU:VAT:19,0.74,3.07,-2.33,EUR',
      'total,23.90,23.90,0.00,EUR',
      '',
    ]);
  });

  it('come out as CSV and as JSON, the same postings in both', async () => {
    let csv = '';
    let json = '';
    await ledgerAsCsv(test.database, {}, (text) => void (csv += text));
    await ledgerAsJson(test.database, {}, (text) => void (json += text));
    const [header, ...lines] = csv.trimEnd().split('\r\n');
    expect(header).toBe('date,entry_id,event_id,cdr_id,session_id,account,debit,credit,currency');
    const parsed = JSON.parse(json) as Record<string, string>[];
    expect(parsed).toHaveLength(15);
    expect(lines).toEqual(
      parsed.map((line) =>
        [
          ...[line['bookedAt']!.slice(0, 10), line['entryId'], line['eventId'], line['cdrId']],
          ...[line['sessionId'], line['account'], line['debit'], line['credit'], line['currency']],
        ].join(','),
      ),
    );
  });

  it('2.14: every line leads to its event, and back, in one query', async () => {
    const [found] = await test.database.query(
      `select count(*) as lines from billing.ledger_entries l
       join event_store.events e on e.id::text = l.event_id
       join billing.cdrs c on c.event_id = l.event_id and c.cdr_id = l.cdr_id`,
    );
    expect(found).toEqual({ lines: 5 });
  });
});

describe('the proof', () => {
  it('finds nothing wrong, and can be anchored', async () => {
    const { head, told } = await proof();
    expect(told).toEqual([]);
    expect(head.sequence).toBe(5);
    expect((await proof(head)).told).toEqual([]);
    expect((await proof({ ...head, hash: 'f'.repeat(64) })).told).toHaveLength(1);
  });

  it('finds an event that was changed in the store', async () => {
    const change = (from: string, to: string) =>
      test.database.query(
        `update event_store.events set data = replace(data::text, $2, $3)::json where stream = $1`,
        [`cdr-${first}`, from, to],
      );
    await change('"energy":10000000', '"energy":10000001');
    expect((await proof()).told).toEqual([
      expect.stringMatching(new RegExp(`session ${first}: event 1, .*not what was sealed`)),
      expect.stringMatching(/the chain says otherwise/),
      expect.stringMatching(/the list of CDRs says otherwise/),
    ]);
    await change('"energy":10000001', '"energy":10000000');
    expect((await proof()).told).toEqual([]);
  });

  it('finds a row that was changed in the list', async () => {
    const table = 'billing.cdrs';
    const change = `update ${table} set cdr = jsonb_set(cdr, '{energy}', $2) where session_id = $1`;
    await forge(table, change, second, 5);
    expect((await proof()).told).toEqual([
      expect.stringMatching(new RegExp(`session ${second}: .*list of CDRs says otherwise`)),
    ]);
    await forge(table, change, second, 10_000_000);
  });

  it('finds a link that was taken out of the chain', async () => {
    const table = 'billing.cdr_chain';
    await forge(table, `delete from ${table} where session_id = $1`, second);
    expect((await proof()).told).toEqual([
      expect.stringMatching(/sequence \d, CDR .*: comes after sequence/),
      expect.stringMatching(new RegExp(`session ${second}: .*missing in the chain`)),
    ]);
  });
});
