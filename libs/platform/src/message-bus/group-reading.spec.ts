import { setImmediate as turn } from 'node:timers/promises';
import { type PgTransaction } from '../database';
import { type Place } from '../log';
import { groupReading } from './group-reading';

const tx = { afterCommit: () => undefined } as unknown as PgTransaction;
const entry = (topic: string, partition: number, position: number): Place => ({
  ...{ topic, partition, position },
});

/** How many handlers were at work at once, at most. */
async function atOnce(topics: string[], entries: readonly Place[]): Promise<number> {
  let [working, most] = [0, 0];
  const reading = groupReading<Place>({
    subscription: { group: 'g', topics, handle: () => Promise.resolve() },
    reports: { report: () => undefined },
    messageOf: () => ({}) as never,
    deliver: async () => {
      most = Math.max(most, (working += 1));
      await turn();
      working -= 1;
    },
    park: () => Promise.resolve(),
  });
  await reading.handle(entries, tx);
  return most;
}

it('handles messages of several topics one after the other: they meet in one row', async () =>
  expect(await atOnce(['a', 'b'], [entry('a', 1, 1), entry('b', 1, 1), entry('a', 2, 1)])).toBe(1));

it('handles the slots of one topic side by side, each in its order', async () =>
  expect(await atOnce(['a'], [entry('a', 1, 1), entry('a', 1, 2), entry('a', 2, 1)])).toBe(2));
