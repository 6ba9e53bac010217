import { type OperatorProfile, type OicpVersion, oicpVersions } from '@voltledger/oicp';
import { type Environment, configFrom } from '@voltledger/platform';
import { z } from 'zod';

/** Injection token of the `Connection`. */
export const CONNECTION = Symbol('Connection');

const flag = (otherwise: 'true' | 'false') =>
  z
    .enum(['true', 'false'])
    .default(otherwise)
    .transform((text) => text === 'true');
const milliseconds = (otherwise: number) => z.coerce.number().int().positive().default(otherwise);
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((each) => each !== ''));
const operatorId = z
  .string()
  .regex(/^([A-Za-z]{2}\*?[A-Za-z0-9]{3}|\+?\d{1,3}\*\d{3})$/, 'must be an OperatorID');

/** `AuthorizeStart=200,PushEvseData=375`: calls per minute, by the operation's name. */
const limits = list
  .pipe(z.array(z.string().regex(/^\w+=\d+$/, 'must be Operation=calls, comma separated')))
  .transform((entries) => new Map(entries.map((each) => pair(each))));

function pair(entry: string): [string, number] {
  const [name = '', calls = '0'] = entry.split('=');
  return [name, Number(calls)];
}

export const settings = z.object({
  /** Such as `https://service.hubject.com`. Absent: there is no connection to Hubject. */
  OICP_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  OICP_VERSION: z.enum([...oicpVersions.keys()]).default('2.3'),
  /** Exactly as the certificate has it: `DE*ABC` is not `DEABC`. */
  OICP_OPERATOR_ID: operatorId.default('DE*VLT'),
  /** Further ids registered under it, comma separated. */
  OICP_SUB_OPERATOR_IDS: list.pipe(z.array(operatorId)),
  OICP_OPERATOR_NAME: z.string().min(1).max(100).default('Voltledger'),
  /** What drivers of partners call; E.164. Needed as soon as there is a connection. */
  OICP_HOTLINE: z
    .string()
    .regex(/^\+[0-9]{5,15}$/, 'must be + and 5 to 15 digits')
    .optional(),
  OICP_RENEWABLE_ENERGY: flag('false'),
  OICP_CALIBRATION_LAW: z.enum(['Local', 'External', 'Not Available']).default('Not Available'),
  OICP_ACCESSIBILITY: z
    .enum([
      'Free publicly accessible',
      'Restricted access',
      'Paying publicly accessible',
      'Test Station',
    ])
    .default('Free publicly accessible'),
  /** PEM files of our client certificate, and of the CA we trust the broker by. */
  OICP_CLIENT_CERTIFICATE_FILE: z.string().optional(),
  OICP_CLIENT_KEY_FILE: z.string().optional(),
  OICP_CLIENT_KEY_PASSPHRASE: z.string().optional(),
  OICP_BROKER_CA_FILE: z.string().optional(),
  /**
   * Where Hubject reaches us: `tls` asks for a client certificate of the broker's CA and takes no
   * other; `plain-loopback` is for tests on one machine; `off`: no remote start.
   */
  OICP_INBOUND: z.enum(['off', 'tls', 'plain-loopback']).default('off'),
  /** 0: any free port. */
  OICP_INBOUND_PORT: z.coerce.number().int().min(0).max(65_535).default(9443),
  OICP_INBOUND_CERTIFICATE_FILE: z.string().optional(),
  OICP_INBOUND_KEY_FILE: z.string().optional(),
  /** The CA of the broker's own client certificate. */
  OICP_INBOUND_BROKER_CA_FILE: z.string().optional(),
  ALLOW_PRIVATE_PARTNERS: flag('false'),
  /** A driver stands at the station: longer than this is no. */
  OICP_AUTHORIZE_TIMEOUT_MS: milliseconds(10_000),
  /** Hubject wants remote requests answered within 10 s. */
  OICP_REMOTE_ANSWER_MS: milliseconds(9_000),
  OICP_REQUEST_TIMEOUT_MS: milliseconds(30_000),
  /** Hubject refuses less than 300. */
  OICP_PROGRESS_EVERY_SECONDS: milliseconds(300),
  /** An authorization nobody plugged in for is ended after this, to free the customer. */
  OICP_UNUSED_AUTHORIZATION_MINUTES: milliseconds(15),
  OICP_CALLS_PER_MINUTE: limits,
  OICP_EXCHANGES_KEPT_DAYS: milliseconds(90),
});

/** Files that only make sense together. */
const TOGETHER = [
  ['OICP_CLIENT_CERTIFICATE_FILE', 'OICP_CLIENT_KEY_FILE'],
  ['OICP_CLIENT_KEY_FILE', 'OICP_CLIENT_CERTIFICATE_FILE'],
] as const;
const INBOUND_FILES = [
  'OICP_INBOUND_CERTIFICATE_FILE',
  'OICP_INBOUND_KEY_FILE',
  'OICP_INBOUND_BROKER_CA_FILE',
] as const;

export const checkedSettings = settings.superRefine((value, context) => {
  const missing = (field: keyof typeof value, message: string) => {
    if (value[field] === undefined) context.addIssue({ code: 'custom', path: [field], message });
  };
  if (value.OICP_BASE_URL !== undefined)
    missing('OICP_HOTLINE', 'is needed as soon as OICP_BASE_URL is set');
  for (const [one, other] of TOGETHER)
    if (value[one] !== undefined) missing(other, `is needed with ${one}`);
  if (value.OICP_INBOUND === 'tls')
    for (const file of INBOUND_FILES) missing(file, 'is needed for OICP_INBOUND=tls');
});

export type Config = z.output<typeof checkedSettings>;

/** @throws ConfigurationError */
export const readConfig = (environment: Environment): Config =>
  configFrom(checkedSettings, environment);

/** What this service is configured with: the protocol it speaks, and as whom. */
export interface Connection {
  readonly config: Config;
  readonly oicp: OicpVersion;
  readonly operator: OperatorProfile;
}

export const connectionOf = (config: Config): Connection => ({
  config,
  oicp: versionOf(config),
  operator: operatorOf(config),
});

/** The schema has made sure that the version is one of ours. */
function versionOf({ OICP_VERSION }: Config): OicpVersion {
  const version = oicpVersions.get(OICP_VERSION);
  if (!version) throw new Error(`OICP ${OICP_VERSION} is not spoken here`);
  return version;
}

const operatorOf = (config: Config): OperatorProfile => ({
  operatorId: config.OICP_OPERATOR_ID,
  subOperatorIds: config.OICP_SUB_OPERATOR_IDS,
  operatorName: config.OICP_OPERATOR_NAME,
  hotline: config.OICP_HOTLINE ?? '',
  renewableEnergy: config.OICP_RENEWABLE_ENERGY,
  calibrationLaw: config.OICP_CALIBRATION_LAW,
  accessibility: config.OICP_ACCESSIBILITY,
  authenticationModes: ['REMOTE'],
  remoteControl: config.OICP_INBOUND !== 'off',
  reservation: false,
});
