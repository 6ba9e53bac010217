import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { KafkaBroker } from './kafka-broker';
import { START_PATIENCE_MS as KAFKA_START_PATIENCE_MS, describeOnKafka } from './test-kafka';

const TOPIC = 'kept';

async function withAdmin<Result>(
  brokers: readonly string[],
  work: (admin: ReturnType<Kafka['admin']>) => Promise<Result>,
): Promise<Result> {
  const options = { logLevel: logLevel.NOTHING, retry: { retries: 0 } };
  const kafka = new Kafka({ brokers: [...brokers], ...options });
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

describeOnKafka('a Kafka broker of our own', () => {
  it(
    'comes back on the same port, with what it was told, after it was killed',
    async () => {
      const kafka = await KafkaBroker.start(mkdtempSync(path.join(tmpdir(), 'voltledger-kafka-')));
      if (!kafka.ours) return;
      try {
        const topics = [{ topic: TOPIC, numPartitions: 2 }];
        await withAdmin(kafka.brokers, (admin) => admin.createTopics({ topics }));
        await kafka.kill();
        await expect(withAdmin(kafka.brokers, (admin) => admin.listTopics())).rejects.toThrow();
        await kafka.start();
        expect(await withAdmin(kafka.brokers, (admin) => admin.listTopics())).toContain(TOPIC);
      } finally {
        await kafka.remove();
      }
    },
    KAFKA_START_PATIENCE_MS,
  );
});
