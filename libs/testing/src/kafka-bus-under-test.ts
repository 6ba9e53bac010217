import { Client } from 'pg';
import {
  Connections,
  KafkaMessageBus,
  type PgDatabase,
  type Reports,
  busMigrations,
  kafkaSettingsFor,
} from '@voltledger/platform';
import { type BusUnderTest, type Member } from './message-bus.contract';
import { createTestDatabase } from './test-database';

/** Short, so that tests see a dead member soon. */
const SESSION_MS = 6_000;

export interface KafkaMember extends Member {
  readonly bus: KafkaMessageBus;
}

export interface KafkaBusUnderTest extends BusUnderTest {
  readonly url: string;
  readonly database: PgDatabase;
  readonly member: () => Promise<KafkaMember>;
  /** What was reported by all members. */
  readonly reported: readonly unknown[];
}

/** The Kafka bus of one network: a database and topics of its own, and as many members as wanted. */
export async function kafkaBusUnderTest(
  brokers: readonly string[],
  prefix: string,
): Promise<KafkaBusUnderTest> {
  const test = await createTestDatabase({ name: 'bus', migrations: busMigrations });
  const kafka = kafkaSettingsFor(brokers, { prefix, partitions: 4, sessionMs: SESSION_MS });
  const reported: unknown[] = [];
  const reports: Reports = { report: (error) => void reported.push(error) };
  let members = 0;
  return {
    url: test.url,
    database: test.database,
    reported,
    member: async () => {
      const name = `member ${(members += 1)}`;
      const database = Connections.to({ url: test.url, poolSize: 10, name });
      const bus = await KafkaMessageBus.open(database, reports, { url: test.url, kafka });
      let crashed = false;
      return {
        bus,
        close: async () => {
          if (crashed) return;
          await bus.close();
          await database.close();
        },
        crash: async () => {
          crashed = true;
          await crash(bus, test.url, name);
        },
      };
    },
    transaction: (work) => test.database.transaction(work),
    close: () => test.close(),
  };
}

/** As the servers see a killed process: every connection of it is gone at once. */
async function crash(bus: KafkaMessageBus, url: string, name: string): Promise<void> {
  const killer = new Client({ connectionString: url });
  await killer.connect();
  const abandoned = bus.abandon();
  await killer.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
    [name],
  );
  await killer.end();
  await abandoned;
}
