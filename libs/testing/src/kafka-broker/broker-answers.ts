import { Kafka, logLevel } from 'kafkajs';
import { eventually } from '../eventually';

const PATIENCE_MS = 60_000;

/** Resolves when the broker tells who is in its cluster. `alive` throws when it has ended. */
export async function brokerAnswers(broker: string, alive: () => void): Promise<void> {
  const kafka = new Kafka({
    brokers: [broker],
    clientId: 'waiting',
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  });
  let ended: unknown;
  await eventually(async () => {
    try {
      alive();
    } catch (error) {
      ended = error;
      return;
    }
    const admin = kafka.admin();
    try {
      await admin.connect();
      await admin.describeCluster();
    } finally {
      await admin.disconnect();
    }
  }, PATIENCE_MS);
  if (ended !== undefined) throw ended as Error;
}
