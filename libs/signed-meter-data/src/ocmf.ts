import { base64Bytes, hexBytes } from './bytes';
import { type Curve, curveNamed } from './curves';
import { type OcmfRecord, readOcmf } from './ocmf-record';
import { type MeterKey } from './public-key';
import { checkSignature } from './signature';
import { type Examined } from './verdict';

/** Finds keys of a meter; only ones that somebody vouched for. */
export type KeysFor = (meterIds: readonly string[], curve: Curve) => readonly MeterKey[];

/** Verifies an OCMF record with the registered keys of its meter. Never throws. */
export function examineOcmf(text: string, keysFor: KeysFor): Examined {
  const read = readOcmf(text);
  if ('malformed' in read)
    return { format: 'OCMF', signature: 'malformed', reason: read.malformed, meterIds: [] };
  const { algorithm, encoding, meterIds, content } = read;
  const known = { format: 'OCMF', algorithm, encoding, meterIds, content } as const;
  const [, named = '', hash = ''] = /^ECDSA-([A-Za-z0-9]+)-(SHA-?256)$/i.exec(algorithm) ?? [];
  const curve = curveNamed(named);
  if (!curve || hash === '')
    return { ...known, signature: 'undecided', reason: 'UNKNOWN_ALGORITHM' };
  return { ...known, ...judged(read, curve, keysFor(meterIds, curve)) };
}

type Judged = Pick<Examined, 'signature' | 'reason' | 'checked' | 'key'>;

function judged(record: OcmfRecord, curve: Curve, keys: readonly MeterKey[]): Judged {
  const [first] = keys;
  if (!first) return { signature: 'undecided', reason: 'NO_PUBLIC_KEY' };
  const fitting = keys.filter((key) => key.curve === curve);
  if (fitting.length === 0) return { signature: 'invalid', reason: 'CURVE_MISMATCH', key: first };
  const { payload, signatureText, encoding } = record;
  const signature = (encoding === 'hex' ? hexBytes : base64Bytes)(signatureText);
  if (!signature) return { signature: 'malformed', reason: 'SIGNATURE_UNREADABLE' };
  const tried = fitting.map((key) => ({ key, checked: checkSignature(payload, signature, key) }));
  const right = tried.find(({ checked }) => checked.valid);
  if (right) return { signature: 'valid', ...right };
  return { signature: 'invalid', reason: 'VERIFY_FAILED', ...tried[0] };
}
