import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { type Examined, examine, keyInside, meterKey, signedTransaction } from '.';

const folder = path.join(__dirname, '../../../../shared/vectors');
const manifestFile = path.join(folder, 'ocmf/manifest.json');

interface Vector {
  readonly id: string;
  readonly file: string;
  readonly public_key?: string | null;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly content?: Content;
  readonly billable?: boolean | null;
}
interface Content {
  readonly complete_transaction: boolean;
  readonly energy_kwh: string | null;
  readonly integrity_errors: readonly string[];
  readonly time_warnings: readonly string[];
}
interface Pair extends Content {
  readonly id: string;
  readonly begin: string;
  readonly begin_signature: string;
  readonly end_signature: string;
  readonly billable: boolean;
}

const anyKey = (text?: string | null) => (_ids: unknown, curve: Parameters<typeof meterKey>[1]) => {
  const key = text ? meterKey(text, curve) : undefined;
  return key ? [key] : [];
};

const told = ({
  complete,
  energyKwh,
  integrityErrors,
  timeWarnings,
}: ReturnType<typeof signedTransaction>) => ({
  complete_transaction: complete,
  energy_kwh: complete ? (energyKwh ?? null) : null,
  integrity_errors: [...integrityErrors].sort(),
  time_warnings: [...timeWarnings].sort(),
});
const wanted = (content: Content) => ({
  complete_transaction: content.complete_transaction,
  energy_kwh: content.energy_kwh,
  integrity_errors: [...content.integrity_errors].sort(),
  time_warnings: [...content.time_warnings].sort(),
});

/** A record found, in the words of the manifest. */
const signatureOf = ({ signature, reason, algorithm, encoding, checked, key }: Examined) => ({
  ...{ signature, reason: reason ?? null, sa: algorithm },
  strict_der_signature: checked?.strictDer ?? null,
  signature_form: checked?.form,
  signature_encoding: encoding,
  key_form: key?.form,
  curve_of_key: key?.curve.openssl,
});
const COMPARED = [
  ...['signature', 'reason', 'sa', 'strict_der_signature', 'signature_form'],
  ...['signature_encoding', 'key_form', 'curve_of_key'],
];
const expectedOf = (expected: Vector['expected']) =>
  Object.fromEntries(Object.entries(expected).filter(([name]) => COMPARED.includes(name)));

if (existsSync(manifestFile)) {
  const { vectors, transactions } = JSON.parse(readFileSync(manifestFile, 'utf8')) as {
    vectors: Vector[];
    transactions: Pair[];
  };
  const record = (id: string) => {
    const vector = vectors.find((each) => each.id === id);
    if (!vector) throw new Error(`no vector ${id}`);
    const text = readFileSync(path.join(folder, 'ocmf', vector.file), 'utf8');
    return { ...vector, text, found: examine(text, 'OCMF', anyKey(vector.public_key)) };
  };

  describe('OCMF records of the field (domain 3.1, 3.2)', () => {
    it.each(vectors.map(({ id }) => id))('%s', (id) => {
      const { expected, content, found, billable } = record(id);
      expect(signatureOf(found)).toMatchObject(expectedOf(expected));
      if (!content || !found.content) return;
      const meaning = signedTransaction([found.content]);
      expect(told(meaning)).toEqual(wanted(content));
      const bills = found.signature === 'valid' && meaning.integrityErrors.length === 0;
      expect([bills, null]).toContain(billable);
    });

    it.each(transactions.map(({ id }) => id))('%s, in two records', (id) => {
      const pair = transactions.find((each) => each.id === id)!;
      const endId = ENDS[id]!;
      const [begin, end] = [record(pair.begin).found, record(endId).found];
      expect([begin.signature, end.signature]).toEqual([pair.begin_signature, pair.end_signature]);
      const meaning = signedTransaction([begin.content!, end.content!]);
      expect(told(meaning)).toEqual(wanted(pair));
    });
  });

  describe('ALFEN records (domain 3.11)', () => {
    const { vectors: alfen } = JSON.parse(
      readFileSync(path.join(folder, 'other-signed/alfen.json'), 'utf8'),
    ) as { vectors: { id: string; signedData: string; expected: { signature: string } }[] };

    it.each(alfen.map(({ id }) => id))('%s', (id) => {
      const { signedData, expected } = alfen.find((each) => each.id === id)!;
      const found = examine(signedData, '', anyKey(keyInside(signedData)));
      expect(found.signature).toBe(expected.signature);
      expect(examine(signedData, '', () => []).signature).toBe('undecided');
    });

    it('begin and end are one transaction of 2 Wh', () => {
      const found = [1, 0].map((at) => examine(alfen[at]!.signedData, '', () => []).content!);
      expect(signedTransaction(found)).toMatchObject({ complete: true, energyKwh: '0.002' });
    });
  });
} else {
  it.skip('the vectors of signed meter data are not here (../shared/vectors/ocmf)', () => {});
}

/** The manifest names the end of a pair by its time only. */
const ENDS: Readonly<Record<string, string>> = {
  'tx-bauer': 'bauer-end',
  'tx-dzg-nano': 'dzg-nano-end',
  'tx-nzr-brainpool': 'nzr-brainpool-end',
  'tx-ebee-01': 'ebee-01-end',
  'tx-ebee-02': 'ebee-01-end',
  'tx-htb': 'htb-192k1-end',
  'tx-mixed': 'nzr-brainpool-end',
};

describe('hostile records (domain 3.13)', () => {
  const keyed = anyKey(`04${'11'.repeat(64)}`);
  it('of any kind give a verdict, and nothing throws', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.tuple(fc.json(), fc.json()).map(([one, other]) => `OCMF|${one}|${other}`),
          fc.json().map((rows) => `OCMF|{"RD":[${rows}]}|{"SD":"00"}`),
          fc.array(fc.string({ maxLength: 60 })).map((parts) => `AP;${parts.join(';')}`),
        ),
        (text) => expect(examine(text, text, keyed).signature).not.toBe('valid'),
      ),
    ));

  it.each([
    ['a name that stands twice', 'OCMF|{"PG":"T1","PG":"T2"}|{"SD":"00"}', 'NOT_JSON'],
    ['deep nesting', `OCMF|${'['.repeat(20_000)}|{"SD":"00"}`, 'NOT_JSON'],
    ['more parts', 'OCMF|{}|{}|{}', 'NOT_THREE_PARTS'],
    [
      'an encoding that is a lure',
      'OCMF|{}|{"SD":"00","SE":"${jndi:ldap://x}"}',
      'UNKNOWN_ENCODING',
    ],
  ])('%s is malformed', (_what, text, reason) =>
    expect(examine(text, '', keyed)).toMatchObject({ signature: 'malformed', reason }),
  );

  it('is not looked at beyond 64 KiB', () =>
    expect(examine(`OCMF|${' '.repeat(70_000)}`, '', keyed)).toMatchObject({
      signature: 'undecided',
      reason: 'RECORD_TOO_LONG',
    }));

  it.each([
    ['EDL40', 'EDL40 E-Mobility Extension'],
    ['EDL40 Mennekes', 'EDL40 Mennekes'],
    ['something', ''],
  ])('of format %s are kept, undecided', (method, format) =>
    expect(examine('00ff', method, keyed)).toMatchObject({
      ...{ format, signature: 'undecided', reason: 'NOT_VERIFIABLE_HERE' },
    }),
  );
});
