import { parseArgs } from 'node:util';
import { type Bench, type BenchValues, type BenchOptions } from './bench';

/** An argument is wrong; the message says which and what it should be. */
export class WrongArgument extends Error {
  override readonly name = 'WrongArgument';
}

export interface BenchArguments {
  readonly bench: Bench | undefined;
  readonly values: BenchValues<BenchOptions>;
  readonly json: boolean;
  readonly help: boolean;
}

/** @throws WrongArgument */
export function benchArguments(
  given: readonly string[],
  benches: readonly Bench[],
): BenchArguments {
  const [first] = given;
  const name = first?.startsWith('-') ? undefined : first;
  const rest = name === undefined ? given : given.slice(1);
  const found = benches.find((each) => each.name === name);
  if (name !== undefined && !found) {
    const known = benches.map((each) => each.name).join(', ');
    throw new WrongArgument(`there is no bench called "${name}"; there are: ${known}`);
  }
  const { json, help, ...texts } = parsed(rest, found?.options ?? {});
  return { bench: found, values: valuesOf(found?.options ?? {}, texts), json, help };
}

interface Parsed {
  readonly [name: string]: string | boolean;
  readonly json: boolean;
  readonly help: boolean;
}

function parsed(args: readonly string[], options: BenchOptions): Parsed {
  const numbers: Record<string, { type: 'string' }> = Object.fromEntries(
    Object.keys(options).map((name) => [name, { type: 'string' }]),
  );
  const flags = {
    json: { type: 'boolean' as const, default: false },
    help: { type: 'boolean' as const, short: 'h', default: false },
  };
  try {
    const { values } = parseArgs({ args: [...args], options: { ...numbers, ...flags } });
    return values;
  } catch (error) {
    throw new WrongArgument(error instanceof Error ? error.message : String(error));
  }
}

const valuesOf = (
  options: BenchOptions,
  texts: Readonly<Record<string, string | boolean>>,
): BenchValues<BenchOptions> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { default: usual, min, max }]) => {
      const text = texts[name] ?? String(usual);
      const value = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : NaN;
      if (!(value >= min && value <= max))
        throw new WrongArgument(
          `--${name} must be a whole number from ${min} to ${max}, not "${text}"`,
        );
      return [name, value];
    }),
  );

/** What `--help` prints: of one bench, or of all. */
export function helpText(benches: readonly Bench[], one: Bench | undefined): string {
  const shown = one ? [one] : benches;
  const texts = shown.map(({ name, summary, options }) => {
    const lines = Object.entries(options).map(
      ([option, { meaning, default: usual, min, max }]) =>
        `      --${option} N  ${meaning} (${min} to ${max}, default ${usual})`,
    );
    return [`  npm run bench -- ${name}`, `      Measures ${summary}.`, ...lines].join('\n');
  });
  return `Measures beside a baseline of the same run. Machines are noisy: read the ratios.

${texts.join('\n\n')}

  --json  the last line is one JSON object
  --help  this text, or that of one bench`;
}
