import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A key is `vl_<id>_<secret>`: 16 hexadecimal digits to find it by, and 256 random bits (base64url).
 * Only the SHA-256 of the secret is kept; with that much randomness a slow hash adds nothing.
 */
export interface ApiKeyParts {
  readonly id: string;
  readonly secret: string;
}

const FORM = /^vl_([0-9a-f]{16})_([\w-]{43})$/;

export const newApiKey = (): ApiKeyParts => ({
  id: randomBytes(8).toString('hex'),
  secret: randomBytes(32).toString('base64url'),
});

export const apiKeyText = ({ id, secret }: ApiKeyParts): string => `vl_${id}_${secret}`;

/** @returns undefined when the text has not the form of a key. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

export const secretHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** In constant time, whatever `hash` is; a key that is not known takes as long as a wrong one. */
export function secretMatches(secret: string, hash: Buffer | undefined): boolean {
  const shown = secretHash(secret);
  const equal = timingSafeEqual(shown, hash?.length === shown.length ? hash : Buffer.alloc(32));
  return equal && hash !== undefined;
}
