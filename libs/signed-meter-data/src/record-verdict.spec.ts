import { generateKeyPairSync, sign } from 'node:crypto';
import { examine, meterKey, recordHash, recordVerdict, transparencyXml, unwrapped } from '.';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' });
const spki = publicKey.export({ format: 'der', type: 'spki' });
const key = meterKey(spki.toString('hex'))!;

const record = (page: number, readings: readonly object[], more: object = {}): string => {
  const payload = JSON.stringify({ FV: '1.0', PG: `T${page}`, MS: 'M-1', ...more, RD: readings });
  const signature = sign('sha256', Buffer.from(payload), privateKey).toString('hex');
  return `OCMF|${payload}|{"SA":"ECDSA-brainpool256r1-SHA256","SD":"${signature}"}`;
};
const reading = (kind: string, value: string, more: object = {}) => ({
  ...{ TM: `2026-03-05T1${kind === 'B' ? 0 : 1}:00:00,000+0000 S`, TX: kind, RV: value },
  ...{ RI: '1-b:1.8.0', RU: 'kWh', EF: '', ST: 'G', ...more },
});
const found = (text: string) => examine(text, '', () => [key]);

describe('what a signed record is worth (domain 3)', () => {
  const begin = found(record(1, [reading('B', '10.5')]));

  it('begin and end in one record or in two are the same (3.8)', () => {
    const one = found(record(1, [reading('B', '10.5'), reading('E', '11.734')]));
    const end = found(record(2, [reading('E', '11.734')]));
    const verified = { verdict: 'verified', codes: [], timeUsable: true };
    expect(recordVerdict(one, [])).toMatchObject({
      ...{ ...verified, detail: '1.234 kWh from begin to end' },
    });
    expect(recordVerdict(begin, [])).toMatchObject(verified);
    expect(recordVerdict(end, [begin.content!])).toEqual(recordVerdict(one, []));
  });

  it('an end without a begin cannot be decided', () =>
    expect(recordVerdict(found(record(2, [reading('E', '11')])), [])).toMatchObject({
      ...{ verdict: 'undecided', codes: ['NO_START'] },
    }));

  it.each([
    ['METER_ROLLBACK', record(2, [reading('E', '9')])],
    ['PAGINATION_GAP', record(4, [reading('E', '11')])],
    ['SERIAL_MISMATCH', record(2, [reading('E', '11')], { MS: 'M-2' })],
    ['METER_STATE', record(2, [reading('E', '11', { ST: 'E' })])],
    ['IDENT_ERROR', record(2, [reading('E', '11')], { IL: 'MISMATCH' })],
  ])('%s: right, and not to be billed by (3.2)', (code, end) =>
    expect(recordVerdict(found(end), [begin.content!])).toMatchObject({
      ...{ verdict: 'rejected', codes: [code] },
    }),
  );

  it('an unset clock spoils time, and not energy (3.4)', () => {
    const unset = (kind: string, value: string) =>
      reading(kind, value, { TM: '1970-01-01T01:01:49,000+0100 U' });
    expect(recordVerdict(found(record(1, [unset('B', '1'), unset('E', '2')])), [])).toMatchObject({
      ...{ verdict: 'verified', timeUsable: false },
    });
  });

  it('no key: cannot be decided; a wrong one: rejected (3.5)', () => {
    const text = record(1, [reading('B', '1'), reading('E', '2')]);
    const other = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }).publicKey;
    const wrong = meterKey(other.export({ format: 'der', type: 'spki' }).toString('base64'))!;
    const told = (keys: readonly (typeof key)[]) =>
      recordVerdict(
        examine(text, '', () => keys),
        [],
      );
    expect(told([])).toMatchObject({ verdict: 'undecided', codes: ['NO_PUBLIC_KEY'] });
    expect(told([wrong])).toMatchObject({ verdict: 'rejected', codes: ['VERIFY_FAILED'] });
    expect(told([wrong, key])).toMatchObject({ verdict: 'verified' });
  });
});

it('four spellings of one record are one (3.7)', () => {
  const text = record(1, [reading('B', '1')]);
  const methods = { encodingMethod: '', signingMethod: '', publicKey: '' };
  const bytes = Buffer.from(text);
  const spellings = [text, ` ${text}\n`, bytes.toString('base64'), bytes.toString('hex')];
  const hashes = spellings.map((data) => recordHash(unwrapped({ data, ...methods }).data));
  expect(new Set(hashes)).toEqual(new Set([recordHash(text)]));
  expect(unwrapped({ data: 'AAECAw==', ...methods }).data).toBe('AAECAw==');
});

it('the file for the transparency software holds the same bytes (3.6)', () => {
  const data = record(1, [reading('B', '1')]);
  const value = { context: 'Transaction.Begin', format: 'OCMF', publicKey: 'ab' } as const;
  const xml = transparencyXml([{ ...value, data, transactionId: '<&"' }]);
  const [, inside = ''] = /encoding="base64">([^<]*)<\/signedData>/.exec(xml) ?? [];
  expect(Buffer.from(inside, 'base64').toString()).toBe(data);
  expect(xml).toContain('transactionId="&lt;&amp;&quot;" context="Transaction.Begin"');
});
