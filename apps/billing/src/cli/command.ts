import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type CommandDatabase, NoDatabase, openCommandDatabase } from '@voltledger/platform';
import { commandEnvironment } from '../config';

/** What was asked for makes no sense; every line names an argument and its rule. */
export class WrongArguments extends Error {
  override readonly name = 'WrongArguments';
}

export const EXIT = { done: 0, problems: 1, wrongArguments: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

type Options = NonNullable<ParseArgsConfig['options']>;

/** @throws WrongArguments, also for anything that is no option. */
export function argumentsOf<Known extends Options>(args: readonly string[], options: Known) {
  const { values, positionals } = optionsOf(args, options);
  if (positionals.length > 0) throw new WrongArguments(`What is ${positionals.join(' ')}?`);
  return values;
}

/** @throws WrongArguments */
export function optionsOf<Known extends Options>(args: readonly string[], options: Known) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WrongArguments(error instanceof Error ? error.message : String(error));
  }
}

/** Runs a command to its end: its exit code, and for every known failure a line that says what to do. */
export async function runCommand(run: () => Promise<ExitCode>): Promise<void> {
  process.stdout.on('error', endedByReader);
  try {
    process.exitCode = await run();
  } catch (error) {
    const wrong = error instanceof WrongArguments;
    process.exitCode = wrong ? EXIT.wrongArguments : EXIT.problems;
    console.error(wrong ? `${error.message}\nSee --help.` : problemOf(error));
  }
}

/** The database to read from: opened, and closed again whatever happens. */
export async function withDatabase<Result>(
  url: string | undefined,
  work: (database: CommandDatabase['database'], url: string) => Promise<Result>,
): Promise<Result> {
  const opened = await openCommandDatabase(url, commandEnvironment());
  try {
    return await work(opened.database, opened.url);
  } finally {
    await opened.close();
  }
}

/** What to do about the failures that PostgreSQL and the network name. */
const REMEDIES: Readonly<Record<string, string>> = {
  '42P01': 'Billing has never run on this database: start it once, or name another.',
  '3F000': 'Billing has never run on this database: start it once, or name another.',
  '3D000': 'Name the database with --database-url or DATABASE_URL.',
  '28P01': 'Check user and password in --database-url or DATABASE_URL.',
  ECONNREFUSED: 'PostgreSQL does not answer there. Is it running?',
  ENOTFOUND: 'Check the host in --database-url or DATABASE_URL.',
};

function problemOf(error: unknown): string {
  if (error instanceof NoDatabase) return error.message;
  const { code = '', message, stack } = error as NodeJS.ErrnoException;
  const remedy = REMEDIES[code];
  return remedy === undefined ? (stack ?? String(error)) : `${message || code}\n${remedy}`;
}

/** `… | head` closes the pipe: nobody reads on, and that is no failure. */
function endedByReader(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
}
