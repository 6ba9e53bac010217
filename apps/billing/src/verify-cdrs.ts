import { instantAt } from '@voltledger/kernel';
import { PgEventStore } from '@voltledger/platform';
import { provenCdrs } from './cli/cdr-proof';
import { type Anchor } from './cli/chain-proof';
import {
  EXIT,
  type ExitCode,
  WrongArguments,
  argumentsOf,
  runCommand,
  withDatabase,
} from './cli/command';

const USAGE = `Proves every CDR: recomputes its hash from its event, follows the chain from the first link, and
checks that credits copy what they take back, that nothing was changed under a dispute, that each
re-rating was dealt with once, and that four eyes were not two.

    npm run -s verify-cdrs -- [--anchor SEQUENCE:HASH] [--database-url URL]

--anchor S:H      the link S must have the hash H, as you wrote it down at an earlier run
--database-url U  read from there; default DATABASE_URL, else the network in this folder
--help            this text

Prints one line per problem, and at the end the head of the chain: keep that line somewhere else,
and the next run proves that nothing before it was rewritten.
Exit code 0: all proven. 1: problems, or nothing could be read. 2: wrong arguments.`;

const OPTIONS = {
  anchor: { type: 'string' },
  'database-url': { type: 'string' },
  help: { type: 'boolean' },
} as const;

async function verifyCdrs(args: readonly string[]): Promise<ExitCode> {
  const { anchor: given, help, ...rest } = argumentsOf(args, OPTIONS);
  if (help) {
    console.log(USAGE);
    return EXIT.done;
  }
  const anchor = given === undefined ? undefined : anchorOf(given);
  return withDatabase(rest['database-url'], async (database, url) => {
    const connections = { url, connections: database, handlers: database };
    const store = new PgEventStore({ ...connections, clock: neverAsked, reports: silent });
    const tell = (problem: string) => {
      console.log(problem);
    };
    const { head, problems } = await provenCdrs({ database, store }, tell, anchor);
    console.log(
      `${head.sequence} CDRs, ${problems} problems; head of the chain ${head.sequence}:${head.hash}`,
    );
    return problems === 0 ? EXIT.done : EXIT.problems;
  });
}

/** The store is only read here. */
const neverAsked = () => instantAt(0);
const silent = { report: () => undefined };

function anchorOf(text: string): Anchor {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined)
    throw new WrongArguments('--anchor: must be SEQUENCE:HASH as an earlier run printed it');
  return { sequence: Number(sequence), hash };
}

void runCommand(() => verifyCdrs(process.argv.slice(2)));
