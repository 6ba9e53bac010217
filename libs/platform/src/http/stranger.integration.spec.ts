import { ApiKeys, type RunningServices, firstKey, startServices } from '@voltledger/platform';
import {
  type TestDatabase,
  createTestDatabase,
  everyRouteAsAStranger,
  tooFriendly,
} from '@voltledger/testing';

let store: TestDatabase;
let running: RunningServices;
let keys: ApiKeys;
beforeAll(async () => {
  store = await createTestDatabase();
  const environment = { DATABASE_URL: store.url, HTTP_PORT: '0', LOG_LEVEL: 'silent' };
  running = await startServices([], { environment });
  keys = running.app.get(ApiKeys);
});
afterAll(async () => {
  await running.close();
  await store.close();
});

it('turns strangers away from every route of the operator API', async () => {
  const { key } = await keys.create('viewer', ['viewer']);
  const encounters = await everyRouteAsAStranger(running.app, key);
  expect(encounters.length).toBeGreaterThan(10);
  expect(tooFriendly(encounters)).toEqual([]);
});

it('hands out a first key where there is none, once, and an admin may go on from there', async () => {
  await store.database.query('truncate platform.api_keys');
  const key = await firstKey(keys, {});
  expect(await firstKey(keys, {})).toBeUndefined();
  const headers = { authorization: `Bearer ${key!}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'dashboard', roles: ['viewer'] });
  const response = await fetch(`${running.url}/api/v1/keys`, { method: 'POST', headers, body });
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({
    name: 'dashboard',
    key: expect.any(String) as string,
  });
});
