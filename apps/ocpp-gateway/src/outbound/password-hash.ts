import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<Buffer, Buffer, number, { N: number; r: number; p: number }, Buffer>(
  scrypt,
);
/**
 * Cheap for scrypt: the secrets are at least 16 characters that a machine drew, and thousands of
 * stations come back at once. The cost is kept with each hash, so it can be raised.
 */
const COST = 4_096;
const BLOCK = 8;
const LENGTH = 32;

/** 16 to 20 bytes, set as hexadecimal digits: the 1.6 key `AuthorizationKey` (OCPP-J-SEC-04). */
const HEX_KEY = /^(?:[0-9a-fA-F]{2}){16,20}$/;

/** The secret as it is hashed. A hexadecimal key stands for its bytes, whatever its letters' case. */
const canonical = (secret: string): { kind: 'hex' | 'text'; bytes: Buffer } =>
  HEX_KEY.test(secret)
    ? { kind: 'hex', bytes: Buffer.from(secret, 'hex') }
    : { kind: 'text', bytes: Buffer.from(secret, 'utf8') };

/** `scrypt$<kind>$<cost>$<salt>$<hash>`. */
export async function hashOf(secret: string): Promise<string> {
  const { kind, bytes } = canonical(secret);
  const salt = randomBytes(16);
  const hash = await derive(bytes, salt, LENGTH, { N: COST, r: BLOCK, p: 1 });
  return ['scrypt', kind, COST, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** `presented`: as it came, any bytes. A hexadecimal key may come as its bytes or as its digits. */
export async function matches(presented: Buffer, stored: string): Promise<boolean> {
  const [, kind, cost, salt = '', hash = ''] = stored.split('$');
  const text = presented.toString('latin1');
  const bytes = kind === 'hex' && HEX_KEY.test(text) ? Buffer.from(text, 'hex') : presented;
  const expected = Buffer.from(hash, 'base64');
  const derived = await derive(bytes, Buffer.from(salt, 'base64'), expected.length, {
    N: Number(cost),
    r: BLOCK,
    p: 1,
  });
  return timingSafeEqual(derived, expected);
}

/** A hash nobody has the secret of: checking against it takes as long as against a real one. */
export const unmatchable = `scrypt$text$${COST}$${randomBytes(16).toString('base64')}$${randomBytes(LENGTH).toString('base64')}`;
