import { type TestServer, startTestServer } from './test-server';

declare global {
  var testServer: TestServer | undefined;
}

/** Jest runs this once, before all integration tests. */
export default async function startPostgres(): Promise<void> {
  globalThis.testServer = await startTestServer();
  process.env['VOLTLEDGER_TEST_SERVER_URL'] = globalThis.testServer.url;
}
