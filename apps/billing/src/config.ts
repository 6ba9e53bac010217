import { type Environment, configFrom } from '@voltledger/platform';
import { z } from 'zod';

const config = z.object({
  /** Rest, in milliseconds, after no session was found that a CDR is due for. */
  BILLING_SETTLEMENT_REST_MS: z.coerce.number().int().min(10).max(60_000).default(100),
  /** Sessions settled in one go. */
  BILLING_SETTLEMENT_BATCH: z.coerce.number().int().min(1).max(10_000).default(100),
});

export type Config = z.output<typeof config>;

/** @throws ConfigurationError */
export const readConfig = (environment: Environment): Config => configFrom(config, environment);

export const CONFIG = Symbol('billing config');

/** For the commands `ledger` and `verify-cdrs`: where the database is. */
export const commandEnvironment = (): Environment => process.env;
