import { once } from 'node:events';
import { parseInstant } from '@voltledger/kernel';
import { type TrialBalance, balanceAsCsv, trialBalanceOf } from './cli/balance-report';
import {
  EXIT,
  type ExitCode,
  WrongArguments,
  argumentsOf,
  runCommand,
  withDatabase,
} from './cli/command';
import { ledgerAsCsv, ledgerAsJson } from './cli/ledger-report';

const USAGE = `Prints the ledger: every posting, or the balance of every account.

    npm run -s ledger -- [--csv | --json] [--balance] [--from T] [--to T] [--account NAME]

--csv             one posting a line, comma separated, with a header (the default)
--json            the same as a JSON array
--balance         the trial balance instead: debit, credit and balance of each account, and their
                  total per currency, which is 0
--from T, --to T  booked from T (inclusive) to T (exclusive); RFC 3339, or a date (UTC)
--account NAME    only postings of this account
--database-url U  read from there; default DATABASE_URL, else the network in this folder
--help            this text

Columns: date (UTC), entry id, event id, CDR id, session id, account, debit, credit, currency.
Exit code 0: done. 1: the books do not balance, or cannot be read. 2: wrong arguments.`;

const OPTIONS = {
  csv: { type: 'boolean' },
  json: { type: 'boolean' },
  balance: { type: 'boolean' },
  from: { type: 'string' },
  to: { type: 'string' },
  account: { type: 'string' },
  'database-url': { type: 'string' },
  help: { type: 'boolean' },
} as const;

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

async function ledger(args: readonly string[]): Promise<ExitCode> {
  const { csv, json, balance, from, to, account, help, ...rest } = argumentsOf(args, OPTIONS);
  if (help) {
    console.log(USAGE);
    return EXIT.done;
  }
  if (csv && json) throw new WrongArguments('--csv, --json: one of them, not both');
  const filter = { from: timeOf(from, '--from'), to: timeOf(to, '--to'), account };
  if (balance && (filter.from ?? account))
    throw new WrongArguments(
      '--balance: of all accounts and from the start; only --to goes with it',
    );
  return withDatabase(rest['database-url'], async (database) => {
    if (balance) return printBalance(await trialBalanceOf(database, filter.to), json ?? false);
    await (json ? ledgerAsJson : ledgerAsCsv)(database, filter, write);
    return EXIT.done;
  });
}

async function printBalance(trial: TrialBalance, json: boolean): Promise<ExitCode> {
  await write(json ? `${JSON.stringify(trial, null, 2)}\n` : balanceAsCsv(trial));
  return trial.balanced ? EXIT.done : EXIT.problems;
}

function timeOf(text: string | undefined, name: string) {
  if (text === undefined) return undefined;
  const time = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === undefined)
    throw new WrongArguments(`${name}: must be a date or an RFC 3339 time, not ${text}`);
  return time;
}

void runCommand(() => ledger(process.argv.slice(2)));
