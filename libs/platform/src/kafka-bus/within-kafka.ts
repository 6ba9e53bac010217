import { type Place } from '../log';
import { type Watermarks } from './kafka-cluster';
import { type KafkaPosition, type KafkaPositions } from './kafka-positions';

/**
 * Where to go on. Kafka may have lost what we have read, and then gives its offsets a second time:
 * all that is left is read again, and what came before is known by its origin.
 */
export async function withinKafka(
  { topic, partition, position }: KafkaPosition,
  end: Watermarks | undefined,
  positions: KafkaPositions,
  report: (error: Error, facts: Record<string, unknown>) => void,
): Promise<Place> {
  if (!end || position <= end.position) return { topic, partition, position };
  report(
    new Error(`Kafka ends at ${end.position}, we have read up to ${position}: it has lost data`),
    { place: `${topic}/${partition}` },
  );
  const first = { topic, partition, position: end.low };
  await positions.moveTo(first, position);
  return first;
}
