import { verify } from 'node:crypto';
import { type MeterKey } from './public-key';

export interface CheckedSignature {
  readonly valid: boolean;
  readonly form: 'der' | 'raw-rs';
  /** False: only right when the integers in its DER are read as unsigned; undefined: not DER. */
  readonly strictDer?: boolean;
}

/**
 * Checks an ECDSA signature with SHA-256. It may be DER or bare r and s. Some devices drop the
 * leading zero of a DER integer, which X.690 would read as negative: it is read as unsigned.
 */
export function checkSignature(
  data: Buffer,
  signature: Buffer,
  signer: MeterKey,
): CheckedSignature {
  const integers = derIntegers(signature);
  if (!integers) return { valid: holds(data, signature, signer), form: 'raw-rs' };
  const { size } = signer.curve;
  const [r, s] = integers.map((integer) => fixedSize(integer, size));
  const valid = r !== undefined && s !== undefined && holds(data, Buffer.concat([r, s]), signer);
  if (!valid) return { valid, form: 'der' };
  return { valid, form: 'der', strictDer: integers.every((integer) => (integer[0] ?? 0) < 0x80) };
}

function holds(data: Buffer, plain: Buffer, { key, curve }: MeterKey): boolean {
  if (plain.length !== 2 * curve.size) return false;
  try {
    return verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, plain);
  } catch {
    return false;
  }
}

/** SEQUENCE of two INTEGERs and nothing else. */
function derIntegers(der: Buffer): readonly Buffer[] | undefined {
  const body = content(der, 0, 0x30);
  if (!body || body.end !== der.length) return undefined;
  const r = content(der, body.from, 0x02);
  const s = r && content(der, r.end, 0x02);
  if (!r || !s || s.end !== der.length) return undefined;
  return [der.subarray(r.from, r.end), der.subarray(s.from, s.end)];
}

function content(der: Buffer, at: number, tag: number) {
  const [found, short = 0, long = 0] = der.subarray(at, at + 3);
  if (found !== tag) return undefined;
  const isLong = short === 0x81;
  if (short > 0x81 || short === 0x80) return undefined;
  const from = at + (isLong ? 3 : 2);
  const end = from + (isLong ? long : short);
  return end <= der.length && end > from ? { from, end } : undefined;
}

function fixedSize(integer: Buffer, size: number): Buffer | undefined {
  const first = integer.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Buffer.alloc(0) : integer.subarray(first);
  if (digits.length > size) return undefined;
  return Buffer.concat([Buffer.alloc(size - digits.length), digits]);
}
