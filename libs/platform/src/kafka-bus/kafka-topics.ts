import { type Admin, type ITopicConfig } from 'kafkajs';
import { PARTITIONS } from '../log';
import { type Retention } from '../message-bus/retention';
import { type KafkaSettings } from './kafka-settings';

const DAY_MS = 86_400_000;
/** A message of ours is far smaller; a station's longest report is not. */
const MESSAGE_BYTES_MAX = 8_388_608;
/** From so many copies on, one may be away and nothing acknowledged is lost. */
const REPLICAS_FOR_TWO_IN_SYNC = 3;

/** Our topics in Kafka: made when missing, and how many partitions each has. */
export class KafkaTopics {
  private readonly partitions = new Map<string, number>();
  private ensuring: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: KafkaSettings,
    private readonly retention: Retention,
    private readonly withAdmin: <Result>(
      work: (admin: Admin) => Promise<Result>,
    ) => Promise<Result>,
  ) {}

  /** The topic's name in Kafka. */
  nameOf(topic: string): string {
    return this.settings.prefix + topic;
  }

  /** Back from the topic's name in Kafka. */
  topicOf(name: string): string {
    return name.slice(this.settings.prefix.length);
  }

  /** Makes sure that these topics exist. One after the other: groups begin at the same time. */
  ensure(topics: readonly string[]): Promise<void> {
    if (topics.every((topic) => this.partitions.has(topic))) return Promise.resolve();
    this.ensuring = this.ensuring.catch(() => undefined).then(() => this.ensureNow(topics));
    return this.ensuring;
  }

  /**
   * The partition in Kafka of what stands in this partition of a log. Everything of one of our
   * partitions goes to one of Kafka's, so that its order is kept.
   */
  partitionOf(topic: string, logPartition: number): number {
    const partitions = this.partitions.get(topic);
    if (partitions === undefined) throw new Error(`${topic} was not made in Kafka`);
    return (logPartition % PARTITIONS) % partitions;
  }

  private async ensureNow(topics: readonly string[]): Promise<void> {
    const unknown = [...new Set(topics)].filter((topic) => !this.partitions.has(topic));
    if (unknown.length === 0) return;
    await this.withAdmin(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = unknown.filter((topic) => !existing.has(this.nameOf(topic)));
      if (missing.length > 0)
        await admin.createTopics({
          topics: missing.map((topic) => this.configOf(topic)),
          waitForLeaders: true,
        });
      const names = unknown.map((topic) => this.nameOf(topic));
      const { topics: found } = await admin.fetchTopicMetadata({ topics: names });
      for (const { name, partitions } of found)
        this.partitions.set(this.topicOf(name), partitions.length);
    });
  }

  private configOf(topic: string): ITopicConfig {
    const { partitions, replicas } = this.settings;
    const days = this.retention[topic];
    const inSync = replicas !== undefined && replicas >= REPLICAS_FOR_TWO_IN_SYNC ? ['2'] : [];
    return {
      topic: this.nameOf(topic),
      numPartitions: partitions,
      replicationFactor: replicas ?? -1,
      configEntries: [
        // Projections are rebuilt from the first message: kept for good, unless told otherwise.
        { name: 'retention.ms', value: days === undefined ? '-1' : String(days * DAY_MS) },
        { name: 'retention.bytes', value: '-1' },
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'max.message.bytes', value: String(MESSAGE_BYTES_MAX) },
        ...inSync.map((value) => ({ name: 'min.insync.replicas', value })),
      ],
    };
  }
}
