import { parseArgs } from 'node:util';

export interface ChaosArguments {
  readonly sessions: number;
  readonly stations: number;
  readonly seed: number;
  readonly json: boolean;
  readonly help: boolean;
}

export const HELP = `Six services, each in a process of its own, on a real Kafka and a real PostgreSQL. While cars
charge, every service is killed (kill -9) in turn, the broker and PostgreSQL are taken away, a consumer
group is rebalanced, and the partner is slow and then gone. At the end every session has its one CDR,
the partner its one copy, and the books balance; or the exit code is 1.

  npm run chaos                    300 sessions at 30 stations; some minutes
  npm run chaos -- --sessions N    that many (1 to 10000)
  npm run chaos -- --stations N    at that many stations (1 to 200)
  npm run chaos -- --seed N        the same pauses again (default: chosen, and printed)
  npm run chaos -- --json          the last line is one JSON object
  npm run chaos -- --help          this text

Needs Java 17 with Maven, or Docker, or a broker of your own in KAFKA_BROKERS (which is not stopped).`;

/** An argument is wrong; the message says which and what it should be. */
export class WrongArgument extends Error {
  override readonly name = 'WrongArgument';
}

/** @throws WrongArgument */
export function chaosArguments(given: readonly string[], anySeed: number): ChaosArguments {
  const { sessions, stations, seed, json, help } = parsed(given);
  return {
    sessions: numberOf('sessions', sessions, 10_000),
    stations: numberOf('stations', stations, 200),
    seed: numberOf('seed', seed ?? String(anySeed), 1_000_000_000),
    ...{ json, help },
  };
}

function numberOf(name: string, text: string, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new WrongArgument(`--${name} must be a whole number from 1 to ${most}, not "${text}"`);
}

function parsed(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      options: {
        sessions: { type: 'string', default: '300' },
        stations: { type: 'string', default: '30' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new WrongArgument(error instanceof Error ? error.message : String(error));
  }
}
