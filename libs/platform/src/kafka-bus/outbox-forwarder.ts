import { type Subscription } from '@voltledger/kernel';
import { type TopicMessages } from 'kafkajs';
import { type PartitionedLog } from '../log';
import { type BusMessage } from '../message-bus/bus-message';
import { type Reports } from '../telemetry';
import { type KafkaCluster } from './kafka-cluster';
import { type KafkaProducer } from './kafka-producer';
import { recordOf } from './kafka-record';

const LANES = 4;

export interface ForwarderParts {
  readonly log: PartitionedLog<BusMessage>;
  readonly cluster: KafkaCluster;
  readonly producer: KafkaProducer;
  readonly source: string;
  readonly clusterId: string;
  readonly reports: Reports;
}

/** Its position is that of one cluster: another cluster is given everything there is. */
export const forwarderOf = (clusterId: string): string => `kafka.forwarder.${clusterId}`;

/**
 * Brings what is published from the log in the database to Kafka. Each partition of the log has one
 * owner among all processes; what is sent again after a takeover is known by its origin.
 */
export function forward(parts: ForwarderParts): Promise<Subscription> {
  const { log, cluster, producer, source, clusterId, reports } = parts;
  return log.read({
    reader: forwarderOf(clusterId),
    topics: undefined,
    startAt: 'first',
    lanes: LANES,
    handle: async (messages) => {
      await cluster.topics.ensure(messages.map(({ topic }) => topic));
      await producer.send(recordsOf(messages, source, cluster));
      return messages;
    },
    failed: (error, message) => {
      reports.report(error, {
        work: 'kafka.forwarder',
        ...(message && {
          correlationId: message.correlationId,
          facts: { message: message.id, type: message.type },
        }),
      });
    },
  });
}

function recordsOf(
  messages: readonly BusMessage[],
  source: string,
  { topics }: KafkaCluster,
): TopicMessages[] {
  const byTopic = new Map<string, TopicMessages>();
  for (const message of messages) {
    const record = recordOf(message, source, topics.partitionOf(message.topic, message.partition));
    const known = byTopic.get(message.topic);
    if (known) known.messages.push(record);
    else byTopic.set(message.topic, { topic: topics.nameOf(message.topic), messages: [record] });
  }
  return [...byTopic.values()];
}
