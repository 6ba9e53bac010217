import { type Environment, configFrom } from '@voltledger/platform';
import { z } from 'zod';

const party = z
  .string()
  .regex(/^[A-Z]{2}\*[A-Z0-9]{3}$/, 'must be like DE*VLT')
  .transform((text) => ({ countryCode: text.slice(0, 2), partyId: text.slice(3) }));

export const settings = z.object({
  /** Whose tariffs are ours, where an OCPI version's tariffs do not say. */
  TARIFF_PARTY: party.default({ countryCode: 'DE', partyId: 'VLT' }),
  /** A running session's cost is told at most this often; the newest figure is never lost. */
  TARIFF_PRICE_SECONDS: z.coerce.number().min(0).max(3_600).default(5),
  /** Rest, in milliseconds, after no figure was due. */
  TARIFF_PRICE_REST_MS: z.coerce.number().int().min(10).max(60_000).default(500),
  /** A simulation or re-rating of more sessions is refused. */
  TARIFF_REPRICED_SESSIONS_MAX: z.coerce.number().int().min(1).default(1_000_000),
  /** Sessions rated anew in one transaction: what a kill takes back, and other work waits for. */
  TARIFF_REPRICED_AT_ONCE: z.coerce.number().int().min(1).max(10_000).default(200),
  /** More simulations at the same time are refused. */
  TARIFF_SIMULATIONS_MAX: z.coerce.number().int().min(1).max(1_000).default(10),
  /** The result of a simulation is forgotten so many days after it was there. */
  TARIFF_SIMULATION_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  /** Rest, in milliseconds, while no simulation or re-rating has anything to do. */
  TARIFF_REPRICING_REST_MS: z.coerce.number().int().min(10).max(60_000).default(1_000),
});

export type Config = z.output<typeof settings>;

/** @throws ConfigurationError */
export const readConfig = (environment: Environment): Config => configFrom(settings, environment);

export const CONFIG = Symbol('tariff config');
