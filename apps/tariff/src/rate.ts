import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { WrongCase, answerCase } from './cli/answer-case';

const USAGE = `Prices a case file by an OCPI tariff and prints one line of JSON.

    npm run -s rate -- FILE.json --version VERSION

FILE.json      a case: tariff, session and time zone, as in the pricing vectors
--version V    the OCPI version whose tariff of the case is used
--help         this text

Exit code 0: done. 2: file or arguments are wrong; each line on stderr names a field and its rule.`;

const WRONG_INPUT = 2;

function rate(args: readonly string[]): void {
  const { values, positionals } = argumentsOf(args);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    throw new WrongCase(['FILE.json: must be given, once']);
  if (values.version === undefined) throw new WrongCase(['--version: must be given']);
  console.log(JSON.stringify(answerCase(contentOf(file), values.version)));
}

function argumentsOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { version: { type: 'string' }, help: { type: 'boolean' } },
    });
  } catch (error) {
    throw new WrongCase([`(arguments): ${error instanceof Error ? error.message : ''}`]);
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new WrongCase([
      `FILE.json: cannot be read: ${error instanceof Error ? error.message : ''}`,
    ]);
  }
}

try {
  rate(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof WrongCase)) throw error;
  console.error(error.message);
  process.exitCode = WRONG_INPUT;
}
