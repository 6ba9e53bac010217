import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeOnSignals, startProblem } from '@voltledger/platform';
import { OperatorClient, SampleRoaming } from '@voltledger/testing';
import { Home } from '../home';
import { type Network, startNetwork } from '../network';
import { type DemoArguments, HELP, WrongArgument, demoArguments } from './arguments';
import { ChargingCar } from './charging';
import { gather } from './evidence';
import { LiveView } from './live-view';
import {
  type RunningSession,
  type Summary,
  cdrPicture,
  comparisonPicture,
  differencesPicture,
  sessionsPicture,
} from './report';

const WHERE_NEXT = `Where to look next:
  docs/architecture.md           one page: the picture, the streams, the path of a meter value
  npm run demo -- --keep         the same, and it stays up
  npm start                      the platform itself, with a folder for its data`;

interface Stage {
  readonly network: Network;
  readonly roaming: SampleRoaming;
  readonly operator: OperatorClient;
  readonly close: () => Promise<void>;
}

async function main(): Promise<void> {
  const wanted = demoArguments(process.argv.slice(2));
  if (wanted.help) {
    console.log(HELP);
    return;
  }
  const beganAt = performance.now();
  const stage = await setUp();
  closeOnSignals(stage.close);
  try {
    const summary = await play(stage, wanted, beganAt);
    if (wanted.keep) console.log(whereItIs(stage));
    else await stage.close();
    console.log(wanted.json ? JSON.stringify(summary) : verdictOf(summary));
    if (!isFine(summary)) process.exitCode = 1;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function setUp(): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-demo-'));
  console.log(`Starting PostgreSQL and six services in ${folder} …`);
  const roaming = await SampleRoaming.start();
  const leave = async () => {
    await roaming.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const settings = { LOG_LEVEL: 'error', ...process.env, ...roaming.settings };
    const network = await startNetwork(new Home(folder), settings);
    const operator = new OperatorClient(network.url, network.adminKey);
    return { network, roaming, operator, close: () => network.close().then(leave) };
  } catch (error) {
    await leave();
    throw error;
  }
}

async function play(
  { roaming, operator }: Stage,
  { stations }: DemoArguments,
  beganAt: number,
): Promise<Summary> {
  console.log('Registering an OCPI partner, connecting to (a stand-in for) Hubject, letting');
  console.log(`${stations} stations in …\n`);
  await roaming.introduce(operator, stations);
  const numbers = Array.from({ length: stations }, (_, index) => index + 1);
  const cars = await Promise.all(numbers.map((number) => ChargingCar.arriveAt(number, roaming)));
  const sessions = () => operator.all<RunningSession>('sessions');
  const view = new LiveView(process.stdout, async () => sessionsPicture(await sessions()));
  view.start();
  await Promise.all(cars.map((car) => car.charge()));
  await view.stop();
  const evidence = await gather(operator, roaming, stations);
  const [first] = evidence.proofs;
  if (first) console.log(`${cdrPicture(first)}\n`);
  console.log(`${comparisonPicture(evidence)}\n`);
  if (evidence.differences.length > 0) console.log(`${differencesPicture(evidence)}\n`);
  await Promise.all(cars.map((car) => car.leave()));
  return {
    stations,
    sessions: (await sessions()).length,
    cdrs: evidence.proofs.length,
    cdrsAtOcpiPartner: evidence.cdrsAtOcpiPartner,
    cdrsAtHubject: evidence.cdrsAtHubject,
    ledgerBalanced: evidence.ledgerBalanced,
    differences: evidence.differences.length,
    seconds: Math.round((performance.now() - beganAt) / 100) / 10,
  };
}

const isFine = ({ stations, sessions, cdrs, ledgerBalanced, differences }: Summary): boolean =>
  sessions === stations && cdrs === stations && ledgerBalanced && differences === 0;

function verdictOf(summary: Summary): string {
  const { cdrs, cdrsAtOcpiPartner, cdrsAtHubject, seconds } = summary;
  const counts =
    `${cdrs} CDRs: ${cdrsAtOcpiPartner} at the OCPI partner, ${cdrsAtHubject} at Hubject, ` +
    `${cdrs - cdrsAtOcpiPartner - cdrsAtHubject} for our own customers`;
  return isFine(summary)
    ? `${counts}. Every copy agrees to the last digit, and the books balance. ${seconds} s.\n\n${WHERE_NEXT}`
    : `${counts}. Something does NOT agree: ${JSON.stringify(summary)}`;
}

const whereItIs = ({ network, roaming }: Stage): string => `It stays up. Ctrl-C ends it.

  operator API   ${network.url}/api/v1/sessions   (Authorization: Bearer ${network.adminKey})
  its document   ${network.url}/api/openapi.json
  stations       ${network.ocppUrl}/<identity>    (password ${roaming.stationPassword})
  OCPI           ${network.url}/ocpi/versions
  metrics        ${network.url}/metrics
  database       ${network.databaseUrl}
`;

main().catch((error: unknown) => {
  if (error instanceof WrongArgument) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exitCode = 2;
    return;
  }
  console.error(startProblem(error, process.env));
  process.exitCode = 1;
});
