import { whitelist } from '@voltledger/contracts';
import { type Environment, configFrom } from '@voltledger/platform';
import { z } from 'zod';

const seconds = (fallback: number) =>
  z.coerce.number().int().positive().max(31_536_000).default(fallback);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const settings = z.object({
  /** The other regions' cells, as the platform reads them; empty: stations have nowhere else to go. */
  CELLS: z.string().default(''),
  /** How long a station may wait for a verdict on a token that somebody else has to give. */
  AUTHORIZATION_BUDGET_SECONDS: seconds(10),
  /** A driver authorized this recently at a station need not be asked about again there. */
  AUTHORIZATION_REUSE_SECONDS: seconds(300),
  /** Partners' tokens that are put to their issuer, comma separated; `NEVER` always is. */
  ASK_ISSUER_FOR: z
    .string()
    .default('NEVER,ALLOWED_OFFLINE')
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(whitelist)),
  /** Ask the hub about tokens that nobody here knows. */
  ASK_HUB_FOR_UNKNOWN_TOKENS: flag.default(true),
  /** How long a report waits for the ones before it (OCPP 2.x). */
  REPORT_WAIT_SECONDS: seconds(300),
  /** When reports are missing this long, the station is asked whether it has them (OCPP 2.x). */
  REPORT_ASK_SECONDS: seconds(30),
  /** How long reports wait for the start of their session. */
  START_WAIT_SECONDS: seconds(86_400),
  /** An open session is taken for ended when a newer one has run this long on its EVSE. */
  LOST_END_NEXT_START_SECONDS: seconds(60),
  /** The same, where the station numbers its reports: it will still deliver the end. */
  LOST_END_NUMBERED_SECONDS: seconds(3_600),
  /** … when the station has said `Available` for this long. */
  LOST_END_AVAILABLE_SECONDS: seconds(600),
  /** … when nothing was heard of it for this long. */
  LOST_END_SILENCE_SECONDS: seconds(259_200),
  /** A session whose token was refused is to end by itself in this time; then the station is asked. */
  STOP_REFUSED_SECONDS: seconds(60),
  /** Questions, remote starts and stops are remembered for late answers this long. */
  TRACES_KEPT_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
  /** After a command for a remote start has lapsed, its transaction may still come for this long. */
  REMOTE_START_WINDOW_SECONDS: seconds(180),
  /** How long an operator's command waits for the station. */
  OPERATOR_COMMAND_SECONDS: seconds(30),
});

export type Config = z.output<typeof settings>;

/** @throws ConfigurationError */
export const readConfig = (environment: Environment): Config => configFrom(settings, environment);

export const CONFIG = Symbol('session config');
