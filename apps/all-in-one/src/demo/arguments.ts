import { parseArgs } from 'node:util';

export interface DemoArguments {
  readonly stations: number;
  readonly keep: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

export const STATIONS_MAX = 200;

export const HELP = `Voltledger demo: a whole charging network in one process.

  npm run demo                     six stations charge; CDRs reach partner, Hubject and ledger
  npm run demo -- --stations 20    that many stations (1 to ${STATIONS_MAX}, default 6)
  npm run demo -- --keep           stay up afterwards and print the URLs
  npm run demo -- --json           the last line is one JSON object
  npm run demo -- --help           this text

Exit code 0: every CDR agrees everywhere to the last digit. 1: something differs or failed.
2: an argument is wrong.`;

/** An argument is wrong; the message says which and what it should be. */
export class WrongArgument extends Error {
  override readonly name = 'WrongArgument';
}

/** @throws WrongArgument */
export function demoArguments(given: readonly string[]): DemoArguments {
  const { stations, ...flags } = parsed(given);
  if (!/^\d{1,6}$/.test(stations) || Number(stations) < 1 || Number(stations) > STATIONS_MAX)
    throw new WrongArgument(
      `--stations must be a whole number from 1 to ${STATIONS_MAX}, not "${stations}"`,
    );
  return { ...flags, stations: Number(stations) };
}

function parsed(given: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        stations: { type: 'string', default: '6' },
        keep: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new WrongArgument(error instanceof Error ? error.message : String(error));
  }
}
