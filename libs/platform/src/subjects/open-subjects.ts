import { Connections, migrate } from '../database';
import { MasterKey } from './master-key';
import { SealedPersonalData, unsealed } from './personal-data';
import { type PersonalData } from './ports';
import { SubjectKeys } from './subject-keys';
import { subjectMigrations } from './subject-migrations';

const SECOND_MS = 1_000;
const CONNECTIONS = 2;

export interface SubjectSettings {
  readonly secretKey: Buffer;
  /** Set when the keys are not where everything else is. */
  readonly databaseUrl: string | undefined;
  readonly keySecondsMax: number;
}

export interface OpenedSubjects {
  readonly personal: PersonalData;
  readonly keys: SubjectKeys | undefined;
  readonly close: () => Promise<void>;
}

interface Here {
  readonly url: string;
  readonly connections: Connections;
  readonly report: (error: unknown) => void;
}

/** The keys of persons: of all services of a cell in one place. */
export async function openSubjects(
  settings: SubjectSettings | undefined,
  { url, connections, report }: Here,
): Promise<OpenedSubjects> {
  if (!settings) return { personal: unsealed, keys: undefined, close: () => Promise.resolve() };
  const { secretKey, databaseUrl = url, keySecondsMax } = settings;
  await migrate(databaseUrl, [{ name: 'subjects', migrations: subjectMigrations }]);
  const elsewhere =
    databaseUrl === url
      ? undefined
      : Connections.to({ url: databaseUrl, poolSize: CONNECTIONS, report });
  const keys = new SubjectKeys({
    master: new MasterKey(secretKey),
    database: elsewhere ?? connections,
    keptMs: keySecondsMax * SECOND_MS,
  });
  return {
    personal: new SealedPersonalData(keys),
    keys,
    close: async () => {
      await elsewhere?.close();
    },
  };
}
