import { type Connections } from '../database';
import { type Place } from '../log';
import { messageSource } from '../message-bus/bus-message';
import { type KafkaCluster } from './kafka-cluster';
import { type KafkaPositions } from './kafka-positions';
import { originKey } from './origins';

/** More than clocks of one network differ. */
const CLOCKS_DIFFER_MS = 5_000;

/**
 * Where those begin who want news only: at the end, as it was when they asked. What was published in
 * our own database before, and reaches Kafka later, is no news.
 */
export class News {
  private constructor(
    private readonly topics: readonly string[],
    private readonly published: readonly Place[],
    /** When they asked and Kafka did not answer. */
    private readonly sinceMs: number | undefined,
  ) {}

  static async from(
    connections: Connections,
    topics: readonly string[],
    clusterAnswers: boolean,
  ): Promise<News> {
    const published = await messageSource(connections).heads(topics);
    if (clusterAnswers) return new News(topics, published, undefined);
    const [row] = await connections.query<{ now: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
    );
    return new News(topics, published, row && row.now - CLOCKS_DIFFER_MS);
  }

  async begin(positions: KafkaPositions, cluster: KafkaCluster, source: string): Promise<void> {
    const { topics, sinceMs } = this;
    const ends =
      sinceMs === undefined
        ? await cluster.watermarks(topics)
        : await cluster.since(topics, sinceMs);
    const known = new Map<string, Record<string, number>>();
    for (const { topic, partition, position } of this.published)
      known.set(topic, { ...known.get(topic), [originKey({ source, partition })]: position });
    await positions.begin(ends, known, true);
  }
}
