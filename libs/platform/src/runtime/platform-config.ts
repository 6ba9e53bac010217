import { z } from 'zod';
import { type Region, type TenantId } from '@voltledger/kernel';
import { type CellSource, cellSources } from '../cells';
import { type Environment, configFrom } from '../config';
import { secretKey } from '../secret-key';
import { type KafkaSettings, kafkaSettings, kafkaVariables } from '../kafka-bus';
import { type Retention, retentionSetting } from '../message-bus';
import { type SubjectSettings } from '../subjects';
import { type Scope } from '../tokens';

const name = z.string().regex(/^[a-z0-9_]{1,32}$/, 'must be 1 to 32 of a-z, 0-9 and _');
const port = z.coerce.number().int().min(0).max(65_535);

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });

export const platformConfig = z.object({
  /** `postgres://…`: store, bus and tables. */
  DATABASE_URL: postgresUrl,
  /** Connections of this process at most. */
  DATABASE_POOL_SIZE: z.coerce.number().int().min(4).max(200).default(24),
  /** Days that a topic's messages are kept; `none`: all of them for good. */
  BUS_RETENTION_DAYS: retentionSetting,
  /** The other regions' cells: `region=postgres://…;region=…`. */
  CELLS: cellSources,
  ...kafkaVariables,
  /** `kurrentdb://…` (or `esdb://…`): the streams are there and not in PostgreSQL. */
  KURRENTDB_URL: z
    .url({
      protocol: /^(esdb|kurrentdb|kdb)(\+discover)?$/,
      error: 'must be a kurrentdb:// connection string',
    })
    .optional(),
  /**
   * Wraps the keys of persons: 32 random bytes in Base64, the same for all services of a cell.
   * Without it personal fields are stored as they are, and nobody can be erased.
   */
  SUBJECT_SECRET_KEY: secretKey.optional(),
  /** Where the keys of persons are, one place for all services of a cell. Default: `DATABASE_URL`. */
  SUBJECT_KEYS_DATABASE_URL: postgresUrl.optional(),
  /** How long a process may keep a person's key in memory. */
  SUBJECT_KEY_SECONDS_MAX: z.coerce.number().int().min(1).max(3_600).default(60),
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** 0: any that is free. */
  HTTP_PORT: port.default(3000),
  TENANT: name.default('voltledger'),
  REGION: name.default('home'),
});

export interface PlatformConfig {
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly retention: Retention;
  readonly cells: readonly CellSource[];
  /** Messages travel over Kafka; over PostgreSQL when undefined. */
  readonly kafka: KafkaSettings | undefined;
  /** Streams are in KurrentDB; in PostgreSQL when undefined. */
  readonly kurrentDbUrl: string | undefined;
  /** Personal fields stay as they are when undefined. */
  readonly subjects: SubjectSettings | undefined;
  readonly httpHost: string;
  readonly httpPort: number;
  readonly scope: Scope;
}

/** @throws ConfigurationError */
export function platformConfigFrom(environment: Environment): PlatformConfig {
  const read = configFrom(platformConfig, environment);
  return {
    databaseUrl: read.DATABASE_URL,
    databasePoolSize: read.DATABASE_POOL_SIZE,
    retention: read.BUS_RETENTION_DAYS,
    cells: read.CELLS,
    kafka: kafkaSettings(read),
    kurrentDbUrl: read.KURRENTDB_URL,
    subjects: read.SUBJECT_SECRET_KEY && {
      secretKey: read.SUBJECT_SECRET_KEY,
      databaseUrl: read.SUBJECT_KEYS_DATABASE_URL,
      keySecondsMax: read.SUBJECT_KEY_SECONDS_MAX,
    },
    httpHost: read.HTTP_HOST,
    httpPort: read.HTTP_PORT,
    scope: { tenant: read.TENANT as TenantId, region: read.REGION as Region },
  };
}
