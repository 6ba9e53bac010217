import { type TestDatabase, createTestDatabase, eventually } from '@voltledger/testing';
import { PgDatabase } from './pg-database';

let test: TestDatabase;
let database: PgDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
  ({ database } = test);
  await database.query('create table kept (name text primary key, amount bigint)');
});

afterAll(() => test.close());

it('gives whole numbers as numbers, times as instants, JSON as objects, decimals as text', async () => {
  const rows = await database.query(
    `select 9007199254740991::bigint as most, timestamptz '2026-03-05 12:00:00.1239+01' as at,
            date '2026-03-05' as day, $1::jsonb as json, 1.50::numeric as exact, null::bigint as none`,
    [{ kept: ['as', 'it', 'is'] }],
  );
  expect(rows).toEqual([
    {
      most: 9_007_199_254_740_991,
      at: '2026-03-05T11:00:00.123Z',
      day: '2026-03-05',
      json: { kept: ['as', 'it', 'is'] },
      exact: '1.50',
      none: null,
    },
  ]);
});

it('refuses a number that a double cannot hold, instead of rounding it', async () => {
  await expect(database.query('select 9007199254740993::bigint')).rejects.toThrow('too large');
});

it('gives the rows that a change returns', async () => {
  await database.query(`insert into kept values ('changed', 1)`);
  const changed = await database.query(
    `update kept set amount = 2 where name = 'changed' returning amount`,
  );
  expect(changed).toEqual([{ amount: 2 }]);
});

it('commits what was done when the work ends well', async () => {
  await database.transaction((tx) => tx.query(`insert into kept values ('committed', 1)`));
  expect(await database.query(`select 1 from kept where name = 'committed'`)).toHaveLength(1);
});

it('undoes everything when the work throws, and passes the error on', async () => {
  const failing = database.transaction(async (tx) => {
    await tx.query(`insert into kept values ('undone', 1)`);
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await database.query(`select 1 from kept where name = 'undone'`)).toHaveLength(0);
});

it('goes on after its connection broke in the middle of a transaction', async () => {
  const broken = database.transaction(async (tx) => {
    const [row] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await database.query('select pg_terminate_backend($1)', [row?.pid]);
    await tx.query('select pg_sleep(1)');
  });
  await expect(broken).rejects.toThrow(/terminat|connection error/);
  await eventually(async () => expect(await database.query('select 1 as one')).toHaveLength(1));
});

it('ends a statement that takes too long', async () => {
  const hasty = await PgDatabase.open({ url: test.url, statementTimeoutMs: 50 });
  await expect(hasty.query('select pg_sleep(5)')).rejects.toThrow('statement timeout');
  await hasty.close();
});
