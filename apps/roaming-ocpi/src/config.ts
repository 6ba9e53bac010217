import { type Environment, configFrom, secretKey } from '@voltledger/platform';
import { z } from 'zod';

const PARTY = /^[A-Z]{2}\*[A-Z0-9]{3}$/;

const parties = z.string().transform((text, context) => {
  const listed = text.split(',').map((party) => party.trim().toUpperCase());
  for (const party of listed.filter((each) => !PARTY.test(each)))
    context.addIssue({ code: 'custom', message: `must list parties such as DE*VLT, not ${party}` });
  return listed.map((party) => ({ countryCode: party.slice(0, 2), partyId: party.slice(3) }));
});

const seconds = z.coerce.number().int().nonnegative().max(86_400);

export const settings = z
  .object({
    /** Where partners reach us; `/ocpi/versions` is below it. Default: this machine. */
    OCPI_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    /** Our parties, `country*party`, comma separated. The first one signs what has no party. */
    OCPI_PARTIES: parties.prefault('DE*VLT'),
    OCPI_PARTY_NAME: z.string().min(1).max(100).default('Voltledger'),
    /** Seals partners' tokens at rest (AES-256-GCM). Losing it means registering anew. */
    OCPI_SECRET_KEY: secretKey,
    /** Lets partners live on private and loopback addresses: for tests, or a closed network. */
    ALLOW_PRIVATE_PARTNERS: z.stringbool().default(false),
    /** Objects on one page of a list at most. */
    OCPI_PAGE_SIZE_MAX: z.coerce.number().int().min(1).max(1_000).default(100),
    /** Between two updates of a running session that bring nothing but new totals. */
    OCPI_SESSION_PUSH_SECONDS: seconds.default(10),
    /** For a partner to answer a push. */
    OCPI_CALL_SECONDS_MAX: seconds.min(1).default(30),
    /** For a station to answer a command; the partner is promised a result by then. */
    OCPI_COMMAND_SECONDS: seconds.min(1).default(30),
    /** A command's result that could not be delivered for so long helps nobody any more. */
    OCPI_RESULT_SECONDS_MAX: seconds.default(600),
    /** `module` names of which an eMSP must offer the RECEIVER side, comma separated. */
    OCPI_REQUIRED_MODULES: z
      .string()
      .default('cdrs')
      .transform((list) => list.split(',').filter((module) => module !== '')),
  })
  .transform((settings) => ({
    ...settings,
    OCPI_PUBLIC_URL: settings.OCPI_PUBLIC_URL ?? `http://127.0.0.1:${settings.HTTP_PORT}`,
  }));

export type Config = z.output<typeof settings>;

/** @throws ConfigurationError */
export const readConfig = (environment: Environment): Config => configFrom(settings, environment);

export const CONFIG = Symbol('roaming-ocpi config');
