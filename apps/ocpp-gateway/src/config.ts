import { hostname } from 'node:os';
import { type Environment, configFrom } from '@voltledger/platform';
import { z } from 'zod';

const seconds = z.coerce.number().int().min(1).max(86_400);
const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');
const answer = z.enum(['accepted', 'refused']);

const NEEDED_TOGETHER = [
  ['OCPP_TLS_CERTIFICATE_FILE', 'OCPP_TLS_KEY_FILE'],
  ['OCPP_TLS_KEY_FILE', 'OCPP_TLS_CERTIFICATE_FILE'],
  ['OCPP_TLS_STATION_CA_FILE', 'OCPP_TLS_CERTIFICATE_FILE'],
] as const;

export const settings = z
  .object({
    /** Where stations connect: `ws://<host>:<port><base path>/<identity>`. 0: any free port. */
    OCPP_PORT: z.coerce.number().int().min(0).max(65_535).default(8887),
    OCPP_HOST: z.string().default('0.0.0.0'),
    OCPP_BASE_PATH: z
      .string()
      .regex(/^(\/[\w.~-]+)*$/, 'must look like /ocpp')
      .default('/ocpp'),
    /**
     * TLS of our own (security profiles 2 and 3), as PEM files; without them, plain WebSockets, and a
     * proxy may end TLS in front of us.
     */
    OCPP_TLS_CERTIFICATE_FILE: z.string().min(1).optional(),
    OCPP_TLS_KEY_FILE: z.string().min(1).optional(),
    /** Who signs the certificates of stations with security profile 3. */
    OCPP_TLS_STATION_CA_FILE: z.string().min(1).optional(),
    /** Names this process among the gateways; the same after a restart. Default: host and port. */
    GATEWAY_INSTANCE: z.string().min(1).max(100).optional(),
    /** A gateway that gave no sign of life for so long counts as dead. */
    GATEWAY_SILENT_SECONDS: seconds.min(2).default(20),
    /** Believe `X-Forwarded-For` and `X-Forwarded-Proto`: only behind a proxy that sets them. */
    OCPP_TRUST_PROXY: flag,
    /** Allow security profile 0 (OCPP 1.6 without password) for stations that are set to it. */
    OCPP_ALLOW_UNAUTHENTICATED: flag,
    /** Log every frame of every station, tokens masked. Also per station: `logFrames`. */
    OCPP_LOG_FRAMES: flag,

    OCPP_CALL_TIMEOUT_SECONDS: seconds.default(30),
    /** Calls of ours that may wait per station. */
    OCPP_CALL_QUEUE_MAX: z.coerce.number().int().min(1).max(1_000).default(32),
    OCPP_FRAME_BYTES_MAX: z.coerce.number().int().min(4_096).max(16_777_216).default(524_288),
    OCPP_FRAMES_PER_SECOND_MAX: z.coerce.number().int().min(1).max(10_000).default(200),
    OCPP_PING_SECONDS: seconds.default(60),
    /** A station that is back within this time was never away. */
    OCPP_OFFLINE_GRACE_SECONDS: seconds.default(30),
    OCPP_DRAIN_SECONDS: seconds.default(10),
    /** Handshakes under way from one address; behind a proxy all stations have one. */
    OCPP_HANDSHAKES_PER_ADDRESS_MAX: z.coerce.number().int().min(1).default(4_096),

    OCPP_HEARTBEAT_SECONDS: seconds.default(300),
    /** Until a station that is not accepted may ask again. */
    OCPP_BOOT_RETRY_SECONDS: seconds.default(60),

    /** How long Authorize may take, and what is answered then (OCPP-J-AUTH-08). */
    OCPP_AUTHORIZE_SECONDS: seconds.default(10),
    OCPP_AUTHORIZE_DEFAULT: answer.default('refused'),
    /** The same for transaction messages: there, energy flows already. */
    OCPP_TRANSACTION_AUTHORIZE_SECONDS: seconds.default(5),
    OCPP_TRANSACTION_AUTHORIZE_DEFAULT: answer.default('accepted'),
  })
  .superRefine((given, context) => {
    for (const [file, needed] of NEEDED_TOGETHER)
      if (given[file] !== undefined && given[needed] === undefined)
        context.addIssue({ code: 'custom', path: [needed], message: `is needed by ${file}` });
  })
  .transform(({ GATEWAY_INSTANCE, ...rest }) => ({
    ...rest,
    GATEWAY_INSTANCE: GATEWAY_INSTANCE ?? `${hostname()}-${rest.OCPP_PORT}`,
  }));

export type Config = z.output<typeof settings>;
export const readConfig = (environment: Environment): Config => configFrom(settings, environment);

/** Injection token of the settings. */
export const GATEWAY_CONFIG = Symbol('GatewayConfig');
