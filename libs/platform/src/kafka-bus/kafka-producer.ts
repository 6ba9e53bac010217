import { setTimeout as pause } from 'node:timers/promises';
import { KafkaJSProtocolError, type Producer, type TopicMessages } from 'kafkajs';
import { backOffMs } from '../back-off';
import { Batcher } from '../log';
import { type Reports } from '../telemetry';
import { type KafkaClient } from './kafka-client';

const AWAY = { firstMs: 50, mostMs: 2_000 };
const ACKS_OF_ALL = -1;
const IN_HAND_MS_MAX = 15_000;
/** It is the message's fault, and stays so however often it is sent. */
const THEIRS = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD']);

const isTheirs = (error: unknown): boolean =>
  error instanceof KafkaJSProtocolError && THEIRS.has(error.type);

/**
 * Sends records, acknowledged by all replicas in sync, in the order in which they are given.
 *
 * kafkajs takes the sequence numbers of a failed request back, whether the broker has written it or
 * not: another request would then go out under the same numbers, and the broker would take it for a
 * repeat and drop it. So there is one request at a time; and after one that failed, the producer is
 * thrown away and the same records go out with a new one. What was written twice so is dropped by
 * those who read, by its origin.
 */
export class KafkaProducer {
  private producer: Producer | undefined;
  private readonly batcher: Batcher<readonly TopicMessages[], undefined>;
  private readonly closing = new AbortController();

  constructor(
    private readonly client: KafkaClient,
    private readonly reports: Reports,
  ) {
    this.batcher = new Batcher((calls) => this.sendUntilSent(calls), isTheirs);
  }

  /** Resolves when all of it is written, however long the brokers are away. */
  async send(records: readonly TopicMessages[]): Promise<void> {
    await this.batcher.submit(records);
  }

  /** What waits to be sent fails; it is still where it came from. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.discard();
  }

  private async sendUntilSent(calls: readonly (readonly TopicMessages[])[]): Promise<undefined[]> {
    const topicMessages = mergedByTopic(calls.flat());
    for (let failures = 1; ; failures += 1) {
      try {
        this.closing.signal.throwIfAborted();
        const producer = await this.connected();
        const options = { acks: ACKS_OF_ALL, timeout: IN_HAND_MS_MAX };
        await producer.sendBatch({ ...options, topicMessages });
        return calls.map(() => undefined);
      } catch (error) {
        await this.discard();
        if (isTheirs(error) || this.closing.signal.aborted) throw error;
        if (failures === 1) this.reports.report(error, { work: 'kafka.forwarder' });
        await pause(backOffMs(AWAY, failures), undefined, { signal: this.closing.signal });
      }
    }
  }

  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    const producer = this.client.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { retries: 2, initialRetryTime: 50, maxRetryTime: 500 },
    });
    this.producer = producer;
    await producer.connect();
    return producer;
  }

  private async discard(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }
}

/** kafkajs refuses a topic that is named twice. */
function mergedByTopic(all: readonly TopicMessages[]): TopicMessages[] {
  const merged = new Map<string, TopicMessages>();
  for (const { topic, messages } of all) {
    const known = merged.get(topic);
    if (known) known.messages.push(...messages);
    else merged.set(topic, { topic, messages: [...messages] });
  }
  return [...merged.values()];
}
