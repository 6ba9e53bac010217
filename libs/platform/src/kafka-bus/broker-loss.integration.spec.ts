import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  KAFKA_START_PATIENCE_MS,
  KafkaBroker,
  describeOnKafka,
  eventually,
  kafkaBusUnderTest,
  thing,
} from '@voltledger/testing';

const KEYS = 5;
const PER_KEY = 40;

describeOnKafka('a broker that is lost', () => {
  it(
    'costs no message, no effect twice and no order, and nobody waits to publish',
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-kafka-'));
      const broker = await KafkaBroker.start(folder);
      if (!broker.ours) return;
      const test = await kafkaBusUnderTest(broker.brokers, 'loss.');
      await test.database.query(
        'create table effects (n bigserial primary key, key text, id text)',
      );
      const { bus, close } = await test.member();
      await bus.subscribe({
        group: 'recorder',
        topics: ['thing.events.v1'],
        handle: async ({ key, id }, tx) => {
          await tx.query('insert into effects (key, id) values ($1, $2)', [key, id]);
        },
      });
      const publish = async (from: number, to: number) => {
        for (let number = from; number <= to; number += 1)
          await bus.publish(Array.from({ length: KEYS }, (_, key) => thing(`key${key}`, number)));
      };
      await publish(1, 10);
      await eventually(async () => expect(await count()).toBeGreaterThan(0));
      const publishing = publish(11, 20);
      await broker.kill();
      await publishing;
      await publish(21, 30);
      await broker.start();
      await publish(31, PER_KEY);
      await eventually(async () => expect(await count()).toBe(KEYS * PER_KEY), 60_000);
      for (let key = 0; key < KEYS; key += 1)
        expect(await idsOf(`key${key}`)).toEqual(
          Array.from({ length: PER_KEY }, (_, index) => `key${key}/${index + 1}`),
        );
      await close();
      await test.close();
      await broker.remove();

      async function count(): Promise<number> {
        return (await test.database.query('select 1 from effects')).length;
      }

      async function idsOf(key: string): Promise<string[]> {
        const rows = await test.database.query<{ id: string }>(
          'select id from effects where key = $1 order by n',
          [key],
        );
        return rows.map(({ id }) => id);
      }
    },
    KAFKA_START_PATIENCE_MS,
  );
});
