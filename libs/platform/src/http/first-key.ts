import { z } from 'zod';
import { type Environment, configFrom } from '../config';
import { type ApiKeys } from './api-keys';

const keyConfig = z.object({
  /** `vl_<16 hex digits>_<43 base64url>`: an admin's key that is kept elsewhere. */
  ADMIN_API_KEY: z.string().optional(),
});

/**
 * Somebody must be able to make the first key. Takes the one in `ADMIN_API_KEY`; without it, makes
 * one where there is none yet.
 *
 * @returns the text of a key that was made now, to be shown once; otherwise undefined.
 * @throws ConfigurationError, RangeError when the setting is no key.
 */
export async function firstKey(
  keys: ApiKeys,
  environment: Environment,
): Promise<string | undefined> {
  const { ADMIN_API_KEY: given } = configFrom(keyConfig, environment);
  if (given !== undefined) {
    await keys.adopt(given, 'ADMIN_API_KEY', ['admin']);
    return undefined;
  }
  const existing = await keys.list();
  if (existing.some(({ revokedAt }) => revokedAt === undefined)) return undefined;
  return (await keys.create('first admin', ['admin'])).key;
}
