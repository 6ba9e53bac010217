import { type Admin, Kafka, logLevel } from 'kafkajs';
import { type Contestant } from './contestant';

const ACKS_OF_ALL = -1;

export const recordsIn = async (admin: Admin, topic: string): Promise<number> => {
  const partitions = await admin.fetchTopicOffsets(topic);
  return partitions.reduce((sum, { high }) => sum + Number(high), 0);
};

export async function connectedAdmin(brokers: readonly string[]): Promise<Admin> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  return admin;
}

/** kafkajs alone: idempotent, acknowledged by all, parsed; its offsets kept by nobody. */
export async function rawKafka(
  brokers: readonly string[],
  numPartitions: number,
): Promise<Contestant> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const topic = 'bench.raw';
  const admin = await connectedAdmin(brokers);
  await admin.createTopics({ topics: [{ topic, numPartitions }], waitForLeaders: true });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  return {
    name: 'raw kafkajs',
    publish: async (messages) => {
      await producer.send({
        topic,
        acks: ACKS_OF_ALL,
        messages: messages.map((each) => ({ key: each.key, value: JSON.stringify(each) })),
      });
    },
    readable: () => Promise.resolve(),
    drain: (count) => drained(kafka, topic, count),
    close: async () => {
      await producer.disconnect();
      await admin.disconnect();
    },
  };
}

async function drained(kafka: Kafka, topic: string, count: number): Promise<void> {
  const consumer = kafka.consumer({ groupId: 'bench.raw', maxWaitTimeInMs: 300 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        partitionsConsumedConcurrently: 8,
        eachBatch: ({ batch }) => {
          for (const { value } of batch.messages) JSON.parse(value?.toString() ?? '');
          seen += batch.messages.length;
          if (seen >= count) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
}
