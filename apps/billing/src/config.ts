import { type Instant, parseCurrency, parseInstant } from '@voltledger/kernel';
import { type Environment, configFrom } from '@voltledger/platform';
import { z } from 'zod';
import { type FourEyesLimits } from './domain/four-eyes';
import { type ProofDuties } from './domain/proof-duty';

/** `EUR:100,SEK:1000`, in currency units. */
const limits = z.string().transform((text, context): FourEyesLimits => {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const read = parts.map((part) => limitOf(part));
  if (read.every((limit) => limit !== undefined)) return new Map(read);
  context.addIssue({ code: 'custom', message: 'must be like EUR:100,SEK:1000' });
  return z.NEVER;
});

function limitOf(part: string): readonly [string, number] | undefined {
  const [, code = '', amount = ''] = /^([A-Z]{3}):(\d{1,9})$/.exec(part.trim()) ?? [];
  return parseCurrency(code) && [code, Number(amount) * 1_000_000];
}

/** `DEU,AUT:2027-01-01`: a country, and from when on. */
const duties = z.string().transform((text, context): ProofDuties => {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const read = parts.map((part) => dutyOf(part));
  if (read.every((duty) => duty !== undefined)) return Object.fromEntries(read);
  context.addIssue({ code: 'custom', message: 'must be like DEU,AUT:2027-01-01' });
  return z.NEVER;
});

function dutyOf(part: string): readonly [string, Instant] | undefined {
  const [, country = '', since = '1970-01-01'] =
    /^([A-Z]{3})(?::(\d{4}-\d{2}-\d{2}))?$/.exec(part.trim()) ?? [];
  const from = parseInstant(`${since}T00:00:00Z`);
  return country !== '' && from !== undefined ? [country, from] : undefined;
}

export const settings = z.object({
  /** Rest, in milliseconds, after no session was found that a CDR is due for. */
  BILLING_SETTLEMENT_REST_MS: z.coerce.number().int().min(10).max(60_000).default(100),
  /** Sessions settled in one go. */
  BILLING_SETTLEMENT_BATCH: z.coerce.number().int().min(1).max(10_000).default(100),
  /**
   * Up to how much one person may release a held CDR, per currency; above it, and in any other
   * currency, a second person with another key has to approve. Empty: always two.
   */
  BILLING_FOUR_EYES_LIMITS: limits.prefault('EUR:100,CHF:100,GBP:100,USD:100'),
  /** How long two sessions of one token may overlap before the CDR of the later one is held. */
  BILLING_OVERLAP_SECONDS_MAX: z.coerce.number().int().nonnegative().default(60),
  /**
   * Countries (ISO 3166-1 alpha-3) whose law lets nothing be billed that a signed record does not
   * prove, and from when on: a CDR with a record that is wrong or undecided is held there.
   */
  BILLING_SIGNED_DATA_COUNTRIES: duties.prefault('DEU'),
  /** Days after its end that a session may not be erased: what a country's law asks for. */
  BILLING_ERASURE_BLOCKED_DAYS: z.coerce.number().int().min(0).max(36_500).default(0),
  /** The services that have to say that they erased a person; comma separated. */
  BILLING_ERASING_SERVICES: z
    .string()
    .default('ocpp-gateway,session,tariff,billing,roaming-ocpi,roaming-oicp')
    .transform((list) => list.split(',').filter((name) => name !== '')),
  /** Rest, in milliseconds, between two looks at the erasures under way. */
  BILLING_ERASURE_REST_MS: z.coerce.number().int().min(10).max(60_000).default(1_000),
  /** Days that the lines of sessions' stories are kept; 0: for good. */
  BILLING_STORY_DAYS: z.coerce.number().int().min(0).max(36_500).default(400),
});

export type Config = z.output<typeof settings>;

/** @throws ConfigurationError */
export const readConfig = (environment: Environment): Config => configFrom(settings, environment);

export const CONFIG = Symbol('billing config');

/** For the commands `ledger`, `story` and `verify-cdrs`: where the database is. */
export const commandEnvironment = (): Environment => process.env;
