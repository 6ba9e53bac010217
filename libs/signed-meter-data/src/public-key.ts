import { type KeyObject, createHash, createPublicKey } from 'node:crypto';
import { base32Bytes, base64Bytes, hexBytes } from './bytes';
import { CURVES, type Curve, curveOfOpenssl } from './curves';

export type KeyForm = 'spki-der' | 'point' | 'raw-xy';

/** A meter's public key, however it was published. */
export interface MeterKey {
  readonly key: KeyObject;
  readonly curve: Curve;
  /** SubjectPublicKeyInfo, DER: one spelling per key. */
  readonly spki: Buffer;
  /** SHA-256 of `spki`, hexadecimal. */
  readonly hash: string;
  readonly form: KeyForm;
  readonly encoding: 'hex' | 'base64' | 'base32';
}

/** Longer than any key of these curves in any spelling. */
export const KEY_TEXT_MAX = 4_096;

/**
 * Reads a public key: SubjectPublicKeyInfo (hex, base64, PEM), a point (04, 02 or 03 first), or bare
 * x and y. The last two say no curve; `curve` does, else the only one of their size.
 *
 * @returns undefined when it is none, or of a curve we do not verify.
 */
export function meterKey(text: string, curve?: Curve): MeterKey | undefined {
  if (text.length > KEY_TEXT_MAX) return undefined;
  const plain = text.replace(/-----[A-Z ]+-----/g, '').trim();
  const read = (bytes: Buffer | undefined, encoding: MeterKey['encoding']) =>
    bytes && keyOf(bytes, encoding, curve);
  return (
    read(hexBytes(plain), 'hex') ??
    read(base64Bytes(plain), 'base64') ??
    read(base32Bytes(plain), 'base32')
  );
}

function keyOf(bytes: Buffer, encoding: MeterKey['encoding'], curve?: Curve): MeterKey | undefined {
  if (bytes[0] === 0x30) {
    const made = imported(bytes, 'spki-der', encoding);
    if (made) return made;
  }
  const point = pointOf(bytes, curve);
  return point && imported(spkiOf(point.bytes, point.curve), point.form, encoding);
}

interface Point {
  readonly bytes: Buffer;
  readonly curve: Curve;
  readonly form: KeyForm;
}

/** Where the length fits several curves and none is named, the commonest of its size. */
const COMMON = ['prime256v1', 'prime192v1', 'secp384r1', 'secp521r1', 'brainpoolP512r1'];

function pointOf(bytes: Buffer, named?: Curve): Point | undefined {
  const ordered = [...CURVES].sort((a, b) => rank(a) - rank(b));
  const curves = named ? [named] : ordered;
  for (const curve of curves) {
    const { size } = curve;
    if (bytes[0] === 4 && bytes.length === 1 + 2 * size) return { bytes, curve, form: 'point' };
    if ((bytes[0] === 2 || bytes[0] === 3) && bytes.length === 1 + size)
      return { bytes, curve, form: 'point' };
    if (bytes.length === 2 * size)
      return { bytes: Buffer.concat([Buffer.from([4]), bytes]), curve, form: 'raw-xy' };
  }
  return undefined;
}

const rank = ({ openssl }: Curve): number => (COMMON.includes(openssl) ? 0 : 1);

function imported(
  der: Buffer,
  form: KeyForm,
  encoding: MeterKey['encoding'],
): MeterKey | undefined {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const curve = curveOfOpenssl(key.asymmetricKeyDetails?.namedCurve);
    if (!curve) return undefined;
    const spki = key.export({ format: 'der', type: 'spki' });
    const hash = createHash('sha256').update(spki).digest('hex');
    return { key, curve, spki, hash, form, encoding };
  } catch {
    return undefined;
  }
}

const EC_PUBLIC_KEY = Buffer.from('06072a8648ce3d0201', 'hex');

function spkiOf(point: Buffer, { oid }: Curve): Buffer {
  const curve = element(0x06, Buffer.from(oid, 'hex'));
  const algorithm = element(0x30, Buffer.concat([EC_PUBLIC_KEY, curve]));
  const bits = element(0x03, Buffer.concat([Buffer.from([0]), point]));
  return element(0x30, Buffer.concat([algorithm, bits]));
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x81, length];
  return Buffer.concat([Buffer.from(head), content]);
}
