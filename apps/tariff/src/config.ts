import { type Environment, configFrom } from '@voltledger/platform';
import { z } from 'zod';

const party = z
  .string()
  .regex(/^[A-Z]{2}\*[A-Z0-9]{3}$/, 'must be like DE*VLT')
  .transform((text) => ({ countryCode: text.slice(0, 2), partyId: text.slice(3) }));

const config = z.object({
  /** Whose tariffs are ours, where an OCPI version's tariffs do not say. */
  TARIFF_PARTY: party.default({ countryCode: 'DE', partyId: 'VLT' }),
  /** A running session's cost is told at most this often; the newest figure is never lost. */
  TARIFF_PRICE_SECONDS: z.coerce.number().min(0).max(3_600).default(5),
  /** Rest, in milliseconds, after no figure was due. */
  TARIFF_PRICE_REST_MS: z.coerce.number().int().min(10).max(60_000).default(500),
});

export type Config = z.output<typeof config>;

/** @throws ConfigurationError */
export const readConfig = (environment: Environment): Config => configFrom(config, environment);

export const CONFIG = Symbol('tariff config');
