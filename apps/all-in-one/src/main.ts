import { parseArgs } from 'node:util';
import {
  DEFAULT_HOME,
  EmbeddedPostgresError,
  closeOnSignals,
  startProblem,
} from '@voltledger/platform';
import { Home } from './home';
import { startNetwork } from './network';

const HELP = `Runs the whole network in one process, until Ctrl-C.

  npm start                    data under ./.voltledger (or VOLTLEDGER_HOME)
  npm start -- --home FOLDER   data there
  npm start -- --help          this text

Settings are environment variables, such as HTTP_PORT (3000), OCPP_PORT (8887), OCPP_HOST and
HTTP_HOST (127.0.0.1), DATABASE_URL (a PostgreSQL of your own), LOG_LEVEL. All: docs/operations.md`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      home: { type: 'string', default: process.env['VOLTLEDGER_HOME'] ?? DEFAULT_HOME },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const home = new Home(values.home);
  const settings = { LOG_LEVEL: 'warn', ...process.env };
  const network = await startNetwork(home, settings, (what) => {
    console.error(what);
  });
  closeOnSignals(async () => {
    console.log('\nStopping: what stations and partners have sent is finished first …');
    await network.close();
    console.log('Stopped. The next start goes on from here.');
  });
  console.log(`Voltledger runs.

  stations      ${network.ocppUrl}/<identity>   (OCPP 1.6, 2.0.1)
  operator API  ${network.url}/api/v1            (described in /api/openapi.json)
  OCPI          ${network.url}/ocpi/versions
  admin key     ${home.adminKeyFile}
  data          ${home.folder}

Stop with Ctrl-C.`);
}

main().catch((error: unknown) => {
  const known = error instanceof EmbeddedPostgresError || isArgumentError(error);
  console.error(known ? (error as Error).message : startProblem(error, process.env));
  process.exitCode = isArgumentError(error) ? 2 : 1;
});

function isArgumentError(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}
