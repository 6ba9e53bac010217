import { Client } from 'pg';
import {
  type BusUnderTest,
  KAFKA_START_PATIENCE_MS,
  type TestKafka,
  createTestDatabase,
  describeOnKafka,
  messageBusContract,
  testKafka,
} from '@voltledger/testing';
import { Connections } from '../database';
import { busMigrations } from '../message-bus';
import { KafkaMessageBus } from './kafka-message-bus';
import { kafkaSettingsFor } from './kafka-settings';

const reports = {
  report: (error: unknown, work: unknown) => {
    if (process.env['SHOW']) console.error(work, error);
  },
};

let kafka: TestKafka;

async function start(): Promise<BusUnderTest> {
  const test = await createTestDatabase({ name: 'bus', migrations: busMigrations });
  const settings = kafkaSettingsFor(kafka.brokers, {
    ...{ prefix: kafka.prefix(), partitions: 4, sessionMs: 6_000 },
  });
  let members = 0;
  return {
    member: async () => {
      const name = `member ${(members += 1)}`;
      const database = Connections.to({ url: test.url, poolSize: 10, name });
      const options = { url: test.url, kafka: settings };
      const bus = await KafkaMessageBus.open(database, reports, options);
      let crashed = false;
      return {
        bus,
        close: async () => {
          if (crashed) return;
          await bus.close();
          await database.close();
        },
        // As the servers see a killed process: every connection of it is gone at once.
        crash: async () => {
          crashed = true;
          const killer = new Client({ connectionString: test.url });
          await killer.connect();
          const abandoned = bus.abandon();
          await killer.query(
            'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
            [name],
          );
          await killer.end();
          await abandoned;
        },
      };
    },
    transaction: (work) => test.database.transaction(work),
    close: () => test.close(),
  };
}

describeOnKafka('KafkaMessageBus', () => {
  beforeAll(async () => {
    kafka = await testKafka();
  }, KAFKA_START_PATIENCE_MS);

  messageBusContract(start);
});
