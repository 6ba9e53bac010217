import { ApiKeys, edgeMigrations } from '@voltledger/platform';
import { type TestDatabase, createTestDatabase, fakeClock } from '@voltledger/testing';

let store: TestDatabase;
let keys: ApiKeys;
beforeAll(async () => {
  store = await createTestDatabase({ name: 'platform', migrations: edgeMigrations });
  keys = new ApiKeys(store.database, fakeClock('2026-03-05T11:00:00Z'));
});
afterAll(() => store.close());
beforeEach(() => store.database.query('truncate platform.api_keys'));

describe('API keys', () => {
  it('let their holder in, with name and roles', async () => {
    const { key, id, createdAt } = await keys.create('dashboard', ['viewer', 'finance']);
    expect(await keys.callerOf(key)).toEqual({
      keyId: id,
      name: 'dashboard',
      roles: ['viewer', 'finance'],
    });
    expect(createdAt).toBe('2026-03-05T11:00:00.000Z');
  });

  it('are kept as a hash only, and never listed', async () => {
    const { key } = await keys.create('dashboard', ['viewer']);
    const secret = key.split('_').at(-1)!;
    const rows = await store.database.query('select api_keys::text as row from platform.api_keys');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(await keys.list())).not.toContain(secret);
  });

  it('let nobody in with another secret, another form, or nothing', async () => {
    const { key } = await keys.create('dashboard', ['viewer']);
    const other = await keys.create('other', ['viewer']);
    const mixed = key.slice(0, 20) + other.key.slice(20);
    for (const wrong of [mixed, `${key}x`, key.toUpperCase(), '', 'vl_'])
      expect(await keys.callerOf(wrong)).toBeUndefined();
  });

  it('are revoked at once and for good', async () => {
    await keys.create('admin', ['admin']);
    const { key, id } = await keys.create('dashboard', ['viewer']);
    expect(await keys.revoke(id)).toMatchObject({ id, revokedAt: expect.any(String) as string });
    expect(await keys.callerOf(key)).toBeUndefined();
    await expect(keys.revoke('0000000000000000')).rejects.toMatchObject({
      code: 'API_KEY_NOT_FOUND',
    });
  });

  it('never leave the network without an admin, even when two go at once', async () => {
    const one = await keys.create('one', ['admin']);
    const two = await keys.create('two', ['admin']);
    const outcomes = await Promise.allSettled([keys.revoke(one.id), keys.revoke(two.id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('may come from a secret store, and a second start changes nothing', async () => {
    const key = `vl_00112233445566aa_${'k'.repeat(43)}`;
    await keys.adopt(key, 'from the vault', ['admin']);
    await keys.adopt(key, 'from the vault', ['admin']);
    expect(await keys.callerOf(key)).toMatchObject({ name: 'from the vault' });
    await expect(keys.adopt('short', 'x', ['admin'])).rejects.toThrow('not a key of the form');
  });
});
