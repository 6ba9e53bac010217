const HEX = /^(?:[0-9a-fA-F]{2})+$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

export function hexBytes(text: string): Buffer | undefined {
  const plain = text.replace(/[\s:]/g, '');
  return HEX.test(plain) ? Buffer.from(plain, 'hex') : undefined;
}

export function base64Bytes(text: string): Buffer | undefined {
  const plain = text.replace(/\s/g, '');
  return BASE64.test(plain) ? Buffer.from(plain, 'base64') : undefined;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base32; padding may be missing. */
export function base32Bytes(text: string): Buffer | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text.replace(/=+$/, '').toUpperCase()) {
    const digit = BASE32.indexOf(letter);
    if (digit < 0) return undefined;
    held = (held << 5) | digit;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
