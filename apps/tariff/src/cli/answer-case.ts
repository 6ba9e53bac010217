import { type TariffFormat, tariffFormats } from '@voltledger/ocpi';
import { DomainError } from '@voltledger/kernel';
import { z } from 'zod';
import { compiledTariff } from '../domain/compiled-tariff';
import { selectedTariff } from '../domain/tariff-selection';
import { type Answer, pricingAnswer } from './case-answer';
import { type PricingCase, type SelectionCase, caseFile } from './case-file';
import { stateOf } from './case-state';

/** The file or the version is wrong. Each reason names the field and the rule it breaks. */
export class WrongCase extends Error {
  override readonly name = 'WrongCase';

  constructor(readonly reasons: readonly string[]) {
    super(reasons.join('\n'));
  }
}

/** Whose tariff it is where the version's tariffs do not say; no price depends on it. */
const NOBODY = { countryCode: 'ZZ', partyId: 'ZZZ' };

/**
 * Answers one case with exactly the keys of its `expected`, or with all that can be said when it
 * expects nothing.
 *
 * @throws WrongCase
 */
export function answerCase(text: string, version: string): Answer {
  const format = formatOf(version);
  const parsed = caseFile.safeParse(json(text));
  if (!parsed.success) throw new WrongCase(reasonsOf(parsed.error));
  const { versions, expected } = parsed.data;
  if (versions && !versions.includes(version))
    throw new WrongCase([`versions: must contain ${version}; it has ${versions.join(', ')}`]);
  const answer =
    parsed.data.kind === 'selection' ? selection(parsed.data) : pricing(parsed.data, format);
  if (!expected) return answer;
  return Object.fromEntries(Object.keys(expected).map((key) => [key, answerFor(answer, key)]));
}

function answerFor(answer: Answer, key: string): unknown {
  if (KEYS.has(key)) return answer[key] ?? null;
  throw new WrongCase([`expected.${key}: must be one of ${[...KEYS].join(', ')}`]);
}

const KEYS: ReadonlySet<string> = new Set([
  'tariff_id',
  'total_cost',
  'total_before_limits',
  'total_reservation_cost',
  'total_fixed_cost',
  'total_time_cost',
  'total_energy_cost',
  'total_parking_cost',
  'lines',
  'actual_quantities',
  'min_charging_periods',
]);

function pricing(given: PricingCase, format: TariffFormat): Answer {
  const { version } = format;
  const body = given.tariff[version];
  if (body === undefined) throw new WrongCase([`tariff.${version}: must be there`]);
  const tariff = read(format, body);
  // No hash: nothing is frozen here, and the platform that would make one takes long to load.
  const compiled = compiledTariff(tariff, '', given.time_zone);
  const { reservation_outcome: outcome } = given.session;
  const terms = { tariffs: [compiled], reservation: outcome ?? 'USED' } as const;
  return pricingAnswer(terms, stateOf(terms, given), 'timeline' in given.session);
}

function read({ version, read: readTariff }: TariffFormat, body: unknown) {
  try {
    return readTariff(body, NOBODY);
  } catch (error) {
    if (error instanceof z.ZodError) throw new WrongCase(reasonsOf(error, `tariff.${version}`));
    if (error instanceof DomainError) throw new WrongCase([`tariff.${version}: ${error.message}`]);
    throw error;
  }
}

function selection({ tariffs, context }: SelectionCase): Answer {
  const { start, auth, profile_type: profile } = context;
  const candidates = tariffs.map(({ id, type, start_date_time, end_date_time }) => ({
    id,
    type: type ?? undefined,
    validFrom: start_date_time ?? undefined,
    validTo: end_date_time ?? undefined,
  }));
  const adHoc = auth === 'AD_HOC_PAYMENT' || auth === 'AD_HOC_USER';
  const selected = selectedTariff(candidates, start, { adHoc, profile: profile ?? undefined });
  return { tariff_id: selected?.id ?? null };
}

function formatOf(version: string): TariffFormat {
  const format = tariffFormats.get(version);
  if (format) return format;
  const known = [...tariffFormats.keys()].join(', ');
  throw new WrongCase([`--version: must be one of ${known}, not ${version}`]);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WrongCase([`(file): must be JSON: ${error instanceof Error ? error.message : ''}`]);
  }
}

const reasonsOf = ({ issues }: z.ZodError, prefix = ''): string[] =>
  issues.map(({ path, message }) => {
    const field = [prefix, ...path].filter((part) => part !== '').join('.');
    return `${field || '(file)'}: ${message}`;
  });
