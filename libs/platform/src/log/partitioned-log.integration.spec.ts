import { createTestDatabase, eventually } from '@voltledger/testing';
import { busMigrations } from '../message-bus';
import { type LogSource } from './log-source';
import { type Place } from './partitions';
import { PartitionedLog } from './partitioned-log';

it('hears of a topic that was first written while its reader began', async () => {
  const test = await createTestDatabase({ name: 'bus', migrations: busMigrations });
  const written: Place = { topic: 'new', partition: 3, position: 1 };
  const source: LogSource<Place> = {
    fetch: (behind) =>
      Promise.resolve(behind.some(({ position }) => position < 1) ? [written] : []),
    // Nothing was there when we looked; before we listen, it is.
    heads: async () => {
      log.wrote([written], () => [written]);
      return [];
    },
  };
  const log = new PartitionedLog<Place>({
    url: test.url,
    schema: 'bus',
    source,
    connections: test.database,
    handlers: test.database,
    reports: { report: () => undefined },
  });
  await log.start();
  const seen: Place[] = [];
  await log.read({
    reader: 'reader',
    topics: undefined,
    startAt: 'first',
    lanes: 1,
    handle: async (entries) => {
      seen.push(...entries);
      return entries;
    },
    failed: () => undefined,
  });
  await eventually(() => expect(seen).toEqual([written]));
  await log.close();
  await test.close();
});
