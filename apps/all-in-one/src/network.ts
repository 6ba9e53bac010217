import {
  ApiKeys,
  EMBEDDED_DATABASE,
  EmbeddedPostgres,
  type Environment,
  ensureDatabase,
  startServices,
} from '@voltledger/platform';
import { type Home } from './home';
import { SERVICES } from './services';

export interface Network {
  /** HTTP: operator API, OCPI, health, metrics. */
  readonly url: string;
  /** A station's identity comes behind it. */
  readonly ocppUrl: string;
  readonly databaseUrl: string;
  readonly adminKey: string;
  readonly close: () => Promise<void>;
}

/** On this machine only, unless somebody says otherwise. */
const DEFAULTS = {
  HTTP_HOST: '127.0.0.1',
  OCPP_HOST: '127.0.0.1',
  OCPP_PORT: '8887',
  OCPP_BASE_PATH: '/ocpp',
};

/**
 * The six services in this process, on the embedded PostgreSQL of `home` or on the server that
 * `DATABASE_URL` names.
 *
 * @throws ConfigurationError, EmbeddedPostgresError: both say what to do.
 */
export async function startNetwork(
  home: Home,
  settings: Environment,
  tell: (what: string) => void = () => undefined,
): Promise<Network> {
  const postgres = settings['DATABASE_URL'] ? undefined : await embedded(home, tell);
  const environment: Environment = {
    ...DEFAULTS,
    DATABASE_URL: postgres?.url(EMBEDDED_DATABASE),
    OCPI_SECRET_KEY: home.ocpiSecretKey,
    SUBJECT_SECRET_KEY: home.subjectSecretKey,
    ...settings,
  };
  try {
    const running = await startServices(SERVICES, { environment });
    const set = (name: keyof typeof DEFAULTS): string => settings[name] ?? DEFAULTS[name];
    return {
      url: running.url,
      ocppUrl: `ws://${set('OCPP_HOST')}:${set('OCPP_PORT')}${set('OCPP_BASE_PATH')}`,
      databaseUrl: postgres?.url(EMBEDDED_DATABASE) ?? settings['DATABASE_URL'] ?? '',
      adminKey: await adminKey(home, running.app.get(ApiKeys)),
      close: async () => {
        await running.close();
        await postgres?.stop();
      },
    };
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

async function embedded(home: Home, report: (what: string) => void): Promise<EmbeddedPostgres> {
  const postgres = await EmbeddedPostgres.start({ folder: home.postgres, report });
  await ensureDatabase(postgres.url(), EMBEDDED_DATABASE);
  return postgres;
}

/** The first start makes a key for an admin and keeps it in a file that only its owner can read. */
async function adminKey(home: Home, keys: ApiKeys): Promise<string> {
  const kept = home.adminKey;
  if (kept !== undefined) {
    await keys.adopt(kept, 'first admin', ['admin']);
    return kept;
  }
  const { key } = await keys.create('first admin', ['admin']);
  home.keepAdminKey(key);
  return key;
}
