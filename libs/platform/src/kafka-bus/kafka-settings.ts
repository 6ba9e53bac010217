import { z } from 'zod';
import { PARTITIONS } from '../log';

const broker = z.string().regex(/^[^\s:,]+:\d{1,5}$/, 'must be host:port, comma separated');
const count = (most: number) => z.coerce.number().int().min(1).max(most);

/** The settings of a network whose messages travel over Kafka. */
export const kafkaVariables = {
  /** `host:port`, comma separated. Set: messages travel over Kafka. */
  KAFKA_BROKERS: z
    .string()
    .transform((list) => list.split(',').map((each) => each.trim()))
    .pipe(z.array(broker))
    .optional(),
  /** Before the names of topics and groups, such as `north.`: cells that share a broker. */
  KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9._-]{0,40}$/, 'must be up to 40 of letters, digits, ".", "_" and "-"')
    .default(''),
  /** Of each topic we create. Fixed for good: keys must stay where they are. */
  KAFKA_PARTITIONS: count(PARTITIONS).default(16),
  /** Copies of each topic we create; left out: as the brokers have it. */
  KAFKA_REPLICAS: count(9).optional(),
  /** A member that was not heard of for so long is taken for dead. */
  KAFKA_SESSION_SECONDS: count(300).default(10),
  KAFKA_TLS: z.stringbool().default(false),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().default(''),
  KAFKA_SASL_PASSWORD: z.string().default(''),
  /** Days that forwarded messages stay in the database too, should Kafka lose its data. */
  KAFKA_OUTBOX_DAYS: count(3_650).default(7),
};

const variables = z.object(kafkaVariables);

export interface KafkaSettings {
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly partitions: number;
  readonly replicas: number | undefined;
  readonly sessionMs: number;
  readonly tls: boolean;
  readonly sasl: KafkaLogin | undefined;
  readonly outboxDays: number;
}

export interface KafkaLogin {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

/** @returns undefined when messages do not travel over Kafka. */
export function kafkaSettings(read: z.output<typeof variables>): KafkaSettings | undefined {
  if (!read.KAFKA_BROKERS) return undefined;
  const mechanism = read.KAFKA_SASL_MECHANISM;
  return {
    brokers: read.KAFKA_BROKERS,
    prefix: read.KAFKA_TOPIC_PREFIX,
    partitions: read.KAFKA_PARTITIONS,
    replicas: read.KAFKA_REPLICAS,
    sessionMs: read.KAFKA_SESSION_SECONDS * 1_000,
    tls: read.KAFKA_TLS,
    sasl: mechanism && {
      mechanism,
      username: read.KAFKA_SASL_USERNAME,
      password: read.KAFKA_SASL_PASSWORD,
    },
    outboxDays: read.KAFKA_OUTBOX_DAYS,
  };
}

/** For brokers without a login, all else as it is when nothing is set. */
export const kafkaSettingsFor = (
  brokers: readonly string[],
  more: Partial<KafkaSettings> = {},
): KafkaSettings => {
  const settings = kafkaSettings(variables.parse({ KAFKA_BROKERS: brokers.join(',') }));
  if (!settings) throw new Error('no brokers');
  return { ...settings, ...more };
};
