import { Client } from 'pg';
import {
  type BusUnderTest,
  createTestDatabase,
  eventually,
  messageBusContract,
  thing,
} from '@voltledger/testing';
import { UnreadableMessage } from '@voltledger/kernel';
import { Connections } from '../database';
import { busMigrations } from './bus-migrations';
import { PgMessageBus } from './pg-message-bus';

const reports = { report: () => undefined };

async function start(): Promise<BusUnderTest> {
  const test = await createTestDatabase({ name: 'bus', migrations: busMigrations });
  let members = 0;
  return {
    member: async () => {
      const name = `member ${(members += 1)}`;
      const database = Connections.to({ url: test.url, poolSize: 10, name });
      const bus = await PgMessageBus.open(database, reports, { url: test.url });
      let crashed = false;
      return {
        bus,
        close: async () => {
          if (crashed) return;
          await bus.close();
          await database.close();
        },
        // As PostgreSQL sees a killed process: every connection of it is gone at once.
        crash: async () => {
          crashed = true;
          const killer = new Client({ connectionString: test.url });
          await killer.connect();
          await bus.abandon();
          await killer.query(
            'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
            [name],
          );
          await killer.end();
        },
      };
    },
    transaction: (work) => test.database.transaction(work),
    close: () => test.close(),
  };
}

describe('PgMessageBus', () => {
  messageBusContract(start);

  it('shows parked messages with their reason, gives them again, and drops them', async () => {
    const test = await createTestDatabase({ name: 'bus', migrations: busMigrations });
    const bus = await PgMessageBus.open(test.database, reports, { url: test.url });
    let readable = false;
    const read: string[] = [];
    await bus.subscribe({
      group: 'reader',
      topics: ['thing.events.v1'],
      handle: async ({ id }) => {
        if (!readable) throw new UnreadableMessage('number: must be positive');
        read.push(id);
      },
    });
    await bus.publish([thing('a', 1), thing('a', 2)]);
    const [first, second] = await eventually(async () => {
      const parked = await bus.parked.list();
      expect(parked).toHaveLength(2);
      return parked;
    });
    expect(first).toMatchObject({ group: 'reader', reason: 'number: must be positive' });
    await expect(bus.parked.replay(first!.parkedId)).rejects.toThrow('must be positive');
    readable = true;
    await expect(bus.parked.replay(first!.parkedId)).resolves.toBe(true);
    await expect(bus.parked.discard(second!.parkedId)).resolves.toBe(true);
    await expect(bus.parked.discard(second!.parkedId)).resolves.toBe(false);
    expect(read).toEqual(['a/1']);
    await bus.close();
    await test.close();
  });
});
