import { WrongKeys } from './wrong-keys';

const ADDRESS = '192.0.2.7';

function tried(times: number): WrongKeys {
  const keys = new WrongKeys();
  keys.wasRight('right', 0);
  for (let n = 0; n < times; n += 1) keys.wasWrong(ADDRESS, 1_000);
  return keys;
}

it('lets a few mistakes pass', () => {
  expect(tried(19).waitFor(ADDRESS, 'guess', 1_000)).toBe(0);
});

it('makes who goes on guessing wait for the rest of the minute', () => {
  const keys = tried(20);
  expect(keys.waitFor(ADDRESS, 'guess', 21_000)).toBe(40);
  expect(keys.waitFor(ADDRESS, 'guess', 61_000)).toBe(0);
  expect(keys.waitFor('192.0.2.8', 'guess', 21_000)).toBe(0);
});

it('goes on serving a key that was right lately from the same address', () => {
  expect(tried(500).waitFor(ADDRESS, 'right', 2_000)).toBe(0);
  const later = tried(500);
  later.wasWrong(ADDRESS, 700_000);
  for (let n = 0; n < 20; n += 1) later.wasWrong(ADDRESS, 700_000);
  expect(later.waitFor(ADDRESS, 'right', 700_000)).toBe(60);
});

it('remembers a bounded number of addresses', () => {
  const keys = tried(20);
  for (let n = 0; n < 10_000; n += 1) keys.wasWrong(`10.${n}`, 1_000);
  expect(keys.waitFor(ADDRESS, 'guess', 1_000)).toBe(0);
});
