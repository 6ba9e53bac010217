import { endTestKafka } from './test-kafka-server';

/** Jest runs this once, after all integration tests. */
export default async function stopServers(): Promise<void> {
  if (globalThis.testKafkaFolder !== undefined) endTestKafka(globalThis.testKafkaFolder);
  await globalThis.testServer?.stop();
}
