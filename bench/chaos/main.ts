import { type ChaosArguments, HELP, WrongArgument, chaosArguments } from './arguments';
import { ChargingStation } from './charging';
import { Dice } from './dice';
import { type Fault, inflictAll } from './faults';
import { type Findings, findings, isFine } from './findings';
import { type Stage, setUp } from './stage';

/** About so long the faults take; cars come for as long. */
const FAULTS_SECONDS = 280;
const SESSION_SECONDS = 6;

async function main(): Promise<void> {
  const wanted = chaosArguments(process.argv.slice(2), 1 + (Date.now() % 1_000_000));
  if (wanted.help) {
    console.log(HELP);
    return;
  }
  const began = performance.now();
  const stage = await setUp(wanted.stations, tell);
  try {
    const faults = await play(stage, wanted);
    tell('everything is mended; waiting until every CDR has arrived');
    const found = await findings(stage, wanted.sessions);
    const seconds = Math.round((performance.now() - began) / 1_000);
    report(wanted, faults, found, seconds);
    if (wanted.json) console.log(JSON.stringify(summary(stage, wanted, faults, found, seconds)));
    if (!isFine(found)) process.exitCode = 1;
  } finally {
    await stage.close();
  }
}

function tell(what: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${what}`);
}

/** Cars charge, and meanwhile everything breaks. */
async function play(stage: Stage, { sessions, stations, seed }: ChaosArguments): Promise<Fault[]> {
  tell(`${sessions} sessions at ${stations} stations, seed ${seed}`);
  const dice = new Dice(seed);
  const numbers = Array.from({ length: stations }, (_, index) => index + 1);
  const all = await Promise.all(
    numbers.map((number) => ChargingStation.arrive(number, stage.roaming)),
  );
  let done = 0;
  const count = (): void => {
    done += 1;
    if (done % 25 === 0) tell(`${done} of ${sessions} sessions are over`);
  };
  const each = (FAULTS_SECONDS * stations) / sessions;
  const restMax = Math.max(0, Math.round(2 * (each - SESSION_SECONDS)));
  const rest = () => dice.between(0, restMax);
  const share = (index: number): number =>
    Math.floor(sessions / stations) + (index < sessions % stations ? 1 : 0);
  const charging = Promise.all(
    all.map((station, index) => station.charge(share(index), rest, count)),
  );
  const [faults] = await Promise.all([inflictAll(stage, new Dice(seed + 1), tell), charging]);
  await Promise.all(all.map((station) => station.leave()));
  return faults;
}

const yesNo = (fact: boolean): string => (fact ? 'yes' : 'NO');

function report(
  { sessions, seed }: ChaosArguments,
  faults: readonly Fault[],
  found: Findings,
  seconds: number,
): void {
  console.log('\ninjected                                                     seconds');
  for (const fault of faults)
    console.log(`  ${fault.what.padEnd(58)} ${fault.seconds.toFixed(1).padStart(7)}`);
  console.log(`
found
  sessions                       ${found.sessions} of ${sessions}
  CDRs                           ${found.cdrs}, ${found.held} held
  copies at the OCPI partner     ${found.atPartner} of ${found.expectedAtPartner}
  lost, doubled                  ${found.lost}, ${found.doubled}
  CDRs with another energy       ${found.wrongEnergy}
  books balanced                 ${yesNo(found.ledgerBalanced)}
  proven by verify-cdrs          ${yesNo(found.proven)}

${isFine(found) ? 'Nothing was lost, doubled or changed.' : 'Something does NOT agree.'} ${seconds} s, seed ${seed}.`);
}

const summary = (
  { kafka }: Stage,
  { seed }: ChaosArguments,
  faults: readonly Fault[],
  { sessions, lost, doubled, ledgerBalanced }: Findings,
  seconds: number,
) => ({
  ...{ sessions, kills: faults.filter(({ isKill }) => isKill).length, faults: faults.length },
  ...{ lost, doubled, ledgerBalanced, broker: kafka.way, seed, seconds },
});

main().catch((error: unknown) => {
  console.error(error instanceof WrongArgument ? `${error.message}\n\n${HELP}` : error);
  process.exitCode = error instanceof WrongArgument ? 2 : 1;
});
