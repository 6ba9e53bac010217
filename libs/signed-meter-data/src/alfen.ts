import { type SignedContent } from '@voltledger/contracts';
import { base32Bytes } from './bytes';
import { type KeysFor } from './ocmf';
import { curveNamed } from './curves';
import { checkSignature } from './signature';
import { type Examined } from './verdict';

const DATA_BYTES = 82;
const KINDS: Readonly<Record<string, string>> = { '0': 'B', '1': 'E', '2': 'C' };
const UNITS: Readonly<Record<number, string>> = { 30: 'Wh' };
/** Bits of the status word that the adapter sets for itself; the rest are the meter's errors. */
const BENIGN_STATUS = 0x00_01_00;

interface AlfenRecord {
  readonly data: Buffer;
  readonly signature: Buffer;
  readonly meterIds: readonly string[];
  readonly content: SignedContent;
}

/**
 * Verifies a record `AP;type;version;key;data;signature;` (base32; secp192r1, SHA-256 over the 82
 * bytes of data). The key in it is only a hint: registered ones decide. Never throws.
 */
export function examineAlfen(text: string, keysFor: KeysFor): Examined {
  const record = readAlfen(text);
  if (!record)
    return { format: 'ALFEN', signature: 'malformed', reason: 'NOT_ALFEN', meterIds: [] };
  const { data, signature, meterIds, content } = record;
  const known = { format: 'ALFEN', meterIds, content, encoding: 'base32' } as const;
  const curve = curveNamed('secp192r1');
  const keys = curve ? keysFor(meterIds, curve).filter((key) => key.curve === curve) : [];
  const [first] = keys;
  if (!first) return { ...known, signature: 'undecided', reason: 'NO_PUBLIC_KEY' };
  const tried = keys.map((key) => ({ key, checked: checkSignature(data, signature, key) }));
  const right = tried.find(({ checked }) => checked.valid);
  if (right) return { ...known, signature: 'valid', ...right };
  return { ...known, signature: 'invalid', reason: 'VERIFY_FAILED', ...tried[0] };
}

/** The key that stands in the record, base32. */
export const alfenKeyIn = (text: string): string => text.trim().split(';')[3] ?? '';

function readAlfen(text: string): AlfenRecord | undefined {
  const [header, type = '', , , dataText = '', signatureText = ''] = text.trim().split(';');
  const data = base32Bytes(dataText);
  const signature = base32Bytes(signatureText);
  const kind = KINDS[type];
  if (header !== 'AP' || kind === undefined || !signature || data?.length !== DATA_BYTES)
    return undefined;
  const meter = data.subarray(16, 26).toString('hex');
  const adapter = data.subarray(0, 10).toString('hex');
  return { data, signature, meterIds: [meter, adapter], content: contentOf(data, kind, meter) };
}

function contentOf(data: Buffer, kind: string, meterSerial: string): SignedContent {
  const value = data.readBigUInt64LE(46);
  const obis = data.subarray(38, 44);
  const [a, b, c, d, e, f] = [...obis].map((byte) => byte.toString(16).padStart(2, '0'));
  const status = data.readUInt32BE(26);
  return {
    pagination: String(data.readUInt32LE(78)),
    meterSerial,
    identError: false,
    exception: false,
    readings: [
      {
        kind,
        time: new Date(data.readUInt32LE(34) * 1_000).toISOString(),
        value: `${value}e${data.readInt8(45)}`,
        unit: UNITS[data[44] ?? 0] ?? '',
        register: `${a}-${b}:${c}.${d}.${e}*${f}`,
        status: (status & ~BENIGN_STATUS) === 0 ? 'G' : 'E',
        errorFlags: '',
      },
    ],
  };
}
