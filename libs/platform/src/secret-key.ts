import { z } from 'zod';

const KEY_BYTES = 32;

/** A setting that holds a key of ours: 32 random bytes in Base64. */
export const secretKey = z.string().transform((text, context) => {
  const key = Buffer.from(text, 'base64');
  if (key.byteLength === KEY_BYTES) return key;
  context.addIssue({
    code: 'custom',
    message: 'must be 32 random bytes in Base64: openssl rand -base64 32',
  });
  return z.NEVER;
});
