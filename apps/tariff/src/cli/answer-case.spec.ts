import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { WrongCase, answerCase } from './answer-case';

interface Case {
  readonly id: string;
  readonly title: string;
  readonly versions: readonly string[];
  readonly expected: Readonly<Record<string, unknown>>;
}

const ROOT = path.resolve(__dirname, '../../../..');
const OWN = path.join(ROOT, 'test/vectors/pricing');
const SHARED = path.resolve(ROOT, '../shared/vectors/ocpi/pricing');

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => path.join(folder, name))
    : [];

const rows = (folder: string): [string, string, string, Case][] =>
  filesIn(folder).flatMap((file) => {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Case;
    return found.versions.map((version): [string, string, string, Case] => [
      `${found.id} ${found.title}`,
      version,
      file,
      found,
    ]);
  });

/** 2.1.1 tariffs have no VAT: only amounts before taxes are compared, and lines have no rate. */
const withoutTaxes = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, member: unknown) =>
      key === 'after_taxes' || key === 'vat' ? undefined : member,
    ),
  );

const comparable = (version: string, value: unknown): unknown =>
  version === '2.1.1' ? withoutTaxes(value) : value;

describe.each([
  ['own cases', OWN],
  [existsSync(SHARED) ? 'shared cases' : 'shared cases (not here: skipped)', SHARED],
])('%s', (_name, folder) => {
  const cases = rows(folder);
  if (cases.length === 0) {
    it.skip('has no files here', () => undefined);
    return;
  }

  it.each(cases)('%s, OCPI %s', (_title, version, file, { expected }) => {
    const answer = answerCase(readFileSync(file, 'utf8'), version);
    expect(comparable(version, answer)).toEqual(comparable(version, expected));
  });

  it.each(cases)('%s, OCPI %s: says as much when nothing is asked', (...row) => {
    const [, version, , { expected, ...rest }] = row;
    const answer = answerCase(JSON.stringify(rest), version);
    expect(Object.keys(answer).sort()).toEqual(Object.keys(expected).sort());
  });
});

describe('a wrong case', () => {
  const text = readFileSync(
    path.join(OWN, 'e18-kwh-band-crossing-interpolated-inside-one-segment.json'),
    'utf8',
  );
  interface Sample {
    time_zone: string;
    versions: string[];
    tariff: Partial<Record<string, { elements: { price_components: object[] }[] }>>;
    session: { timeline: { end?: string }[] };
    expected: object;
  }
  const changed = (change: (given: Sample) => void): string => {
    const given = JSON.parse(text) as Sample;
    change(given);
    return JSON.stringify(given);
  };
  const reasons = (given: string, version = '2.2.1'): readonly string[] => {
    try {
      answerCase(given, version);
    } catch (error) {
      if (error instanceof WrongCase) return error.reasons;
      throw error;
    }
    return [];
  };

  it('names an unknown version', () =>
    expect(reasons(text, '2.0')).toEqual([
      '--version: must be one of 2.1.1, 2.2.1, 2.3.0, not 2.0',
    ]));

  it('names a version the case is not for', () =>
    expect(reasons(changed((given) => Object.assign(given, { versions: ['2.3.0'] })))).toEqual([
      'versions: must contain 2.2.1; it has 2.3.0',
    ]));

  it('is no JSON', () => expect(reasons('{')[0]).toMatch(/^\(file\): must be JSON/));

  it('names a missing field with its path', () =>
    expect(reasons(changed((given) => delete given.session.timeline[0]!.end))).toEqual([
      expect.stringMatching(/^session\.timeline\.0\.end: /),
    ]));

  it('names a zone nobody knows', () =>
    expect(
      reasons(changed((given) => Object.assign(given, { time_zone: 'Mars/Olympus' }))),
    ).toEqual(['time_zone: must be an IANA time zone']));

  it('names field and rule in the tariff', () =>
    expect(
      reasons(
        changed((given) =>
          Object.assign(given.tariff['2.2.1']!.elements[0]!.price_components[0]!, {
            step_size: -1,
            price: '0.30',
          }),
        ),
      ),
    ).toEqual([
      expect.stringMatching(/^tariff\.2\.2\.1\.elements\.0\.price_components\.0\.price: /),
      expect.stringMatching(/^tariff\.2\.2\.1\.elements\.0\.price_components\.0\.step_size: /),
    ]));

  it('lacks the tariff of the version', () =>
    expect(reasons(changed((given) => delete given.tariff['2.2.1']))).toEqual([
      'tariff.2.2.1: must be there',
    ]));

  it('has a gap in its timeline', () =>
    expect(
      reasons(
        changed((given) => {
          const { timeline }: { timeline: object[] } = given.session;
          timeline.push({
            kind: 'PARKING',
            start: '2019-01-09T10:30:00Z',
            end: '2019-01-09T11:00:00Z',
          });
        }),
      ),
    ).toEqual(['session.timeline.1.start: must be the end of the segment before']));

  it('expects what there is no word for', () =>
    expect(reasons(changed((given) => Object.assign(given.expected, { total: 1 })))).toEqual([
      expect.stringMatching(/^expected\.total: must be one of total_cost|tariff_id/),
    ]));
});
