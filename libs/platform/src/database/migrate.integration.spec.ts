import { type TestDatabase, createTestDatabase } from '@voltledger/testing';
import { migrate } from './migrate';

let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase();
});

afterEach(() => test.close());

const first = {
  name: 'some-service/001-things',
  up: ['create table some_service.things (id int)'],
};
const second = {
  name: 'some-service/002-first-thing',
  up: ['insert into some_service.things values (1)'],
};
const things = () => test.database.query('select id from some_service.things');

it('runs each step once, in order, in the schema of the service', async () => {
  await migrate(test.url, [{ name: 'some-service', migrations: [first] }]);
  await migrate(test.url, [{ name: 'some-service', migrations: [first, second] }]);
  await migrate(test.url, [{ name: 'some-service', migrations: [first, second] }]);
  expect(await things()).toEqual([{ id: 1 }]);
});

it('may be run by several processes at once', async () => {
  const service = { name: 'some-service', migrations: [first, second] };
  await Promise.all([1, 2, 3, 4].map(() => migrate(test.url, [service])));
  expect(await things()).toEqual([{ id: 1 }]);
});

it('leaves nothing of a step that fails', async () => {
  const failing = { ...second, up: [...second.up, 'select nonsense'] };
  const run = migrate(test.url, [{ name: 'some-service', migrations: [first, failing] }]);
  await expect(run).rejects.toThrow('nonsense');
  expect(await things()).toEqual([]);
});

it('refuses to run on tables that a later version changed', async () => {
  await migrate(test.url, [{ name: 'some-service', migrations: [first, second] }]);
  const older = migrate(test.url, [{ name: 'some-service', migrations: [first] }]);
  await expect(older).rejects.toThrow('some-service/002-first-thing');
});
