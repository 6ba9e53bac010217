import { prepareTestKafka } from './test-kafka-server';
import { type TestServer, startTestServer } from './test-server';

declare global {
  var testServer: TestServer | undefined;
  var testKafkaFolder: string | undefined;
}

/** Jest runs this once, before all integration tests. Kafka starts when a spec first needs it. */
export default async function startServers(): Promise<void> {
  globalThis.testServer = await startTestServer();
  process.env['VOLTLEDGER_TEST_SERVER_URL'] = globalThis.testServer.url;
  globalThis.testKafkaFolder = prepareTestKafka();
  process.env['VOLTLEDGER_TEST_KAFKA_FOLDER'] = globalThis.testKafkaFolder;
}
