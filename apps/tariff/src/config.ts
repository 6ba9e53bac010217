import { type Environment, configFrom } from '@voltledger/platform';
import { z } from 'zod';

const config = z.object({
  /** A running session's cost is told at most this often; the newest figure is never lost. */
  TARIFF_PRICE_SECONDS: z.coerce.number().min(0).max(3_600).default(5),
  /** Rest, in milliseconds, after no figure was due. */
  TARIFF_PRICE_REST_MS: z.coerce.number().int().min(10).max(60_000).default(500),
});

export type Config = z.output<typeof config>;

/** @throws ConfigurationError */
export const readConfig = (environment: Environment): Config => configFrom(config, environment);

export const CONFIG = Symbol('tariff config');
