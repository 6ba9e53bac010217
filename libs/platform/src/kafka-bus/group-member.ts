import { setTimeout as pause } from 'node:timers/promises';
import { type Consumer, type EachBatchPayload, type KafkaMessage } from 'kafkajs';
import { backOffMs } from '../back-off';
import { type Place, type Slot, slotKey } from '../log';
import { type KafkaClient } from './kafka-client';
import { type KafkaTopics } from './kafka-topics';

const AWAY = { firstMs: 200, mostMs: 3_000 };
const WAIT_MS_MAX = 300;
const BYTES_PER_PARTITION = 262_144;
const BYTES = 4_194_304;
/** Batches are only put into a buffer: this many may do so at once. */
const CONCURRENCY = 8;

export interface FetchedBatch extends Slot {
  /** From where it was fetched. */
  readonly from: number;
  readonly messages: readonly KafkaMessage[];
  readonly lastOffset: number;
  /** Behind the last record in Kafka. */
  readonly head: number;
}

export interface MemberListener {
  /** The group has shared out its partitions anew. Nothing is fetched before `seek` and `resume`. */
  assigned(slots: readonly Slot[]): void;
  /** @returns whether the batch is taken; otherwise it will be fetched again. */
  fetched(batch: FetchedBatch): boolean;
  failed(error: unknown): void;
}

export interface MemberParts {
  readonly client: KafkaClient;
  readonly topics: KafkaTopics;
  /** The group's name in Kafka. */
  readonly groupId: string;
  readonly read: readonly string[];
  readonly sessionMs: number;
  readonly listener: MemberListener;
}

/**
 * Our membership in a consumer group of Kafka. The group shares out the partitions; where to read is
 * ours to know, and Kafka's own offsets are kept only for those who watch from outside.
 *
 * Heartbeats are left to kafkajs between its fetches: what it hands over is put into a buffer and
 * returns at once, so that a slow handler never costs us the membership, and a rebalance is never
 * swallowed.
 */
export class GroupMember {
  private consumer: Consumer | undefined;
  private readonly hinted = new Map<string, number>();
  private stopped = false;

  constructor(private readonly parts: MemberParts) {}

  /** Joins the group, however long that takes. */
  async start(): Promise<void> {
    for (let failures = 0; !this.stopped; failures += 1) {
      try {
        await this.join();
        return;
      } catch (error) {
        await this.leave();
        this.fail(error);
        await pause(backOffMs(AWAY, failures + 1));
      }
    }
  }

  /** From here on, when it is fetched next. */
  seek(place: Place): void {
    this.whileRunning((consumer) => {
      consumer.seek({ ...this.named(place), offset: String(place.position) });
    });
  }

  pause(slots: readonly Slot[]): void {
    this.whileRunning((consumer) => {
      consumer.pause(slots.map((slot) => this.listed(slot)));
    });
  }

  resume(slots: readonly Slot[]): void {
    this.whileRunning((consumer) => {
      consumer.resume(slots.map((slot) => this.listed(slot)));
    });
  }

  /** Tells Kafka how far we are: a hint for its tools, nothing we ever read ourselves. */
  async hint(places: readonly Place[]): Promise<void> {
    const { consumer } = this;
    const moved = places.filter((place) => this.hinted.get(slotKey(place)) !== place.position);
    if (!consumer || moved.length === 0) return;
    for (const place of moved) this.hinted.set(slotKey(place), place.position);
    const offsets = moved.map((place) => ({
      ...this.named(place),
      offset: String(place.position),
    }));
    // While the group is being shared out Kafka takes none; the next hint is as good.
    await consumer.commitOffsets(offsets).catch(() => undefined);
  }

  /** Leaves the group: the others need not wait to find us dead. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.leave();
  }

  /** As a process that is killed, once its connections are cut: it tries nothing more. */
  async abandon(): Promise<void> {
    this.stopped = true;
    await this.leave();
  }

  private async join(): Promise<void> {
    const { client, topics, groupId, read, sessionMs } = this.parts;
    await topics.ensure(read);
    const consumer = client.kafka.consumer({
      groupId,
      sessionTimeout: sessionMs,
      rebalanceTimeout: Math.max(sessionMs, 10_000),
      heartbeatInterval: Math.min(3_000, Math.floor(sessionMs / 4)),
      maxWaitTimeInMs: WAIT_MS_MAX,
      maxBytesPerPartition: BYTES_PER_PARTITION,
      maxBytes: BYTES,
      allowAutoTopicCreation: false,
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
    });
    this.consumer = consumer;
    this.listen(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics: read.map((t) => topics.nameOf(t)), fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENCY,
      eachBatch: (payload) => this.take(payload),
    });
  }

  private listen(consumer: Consumer): void {
    consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      if (consumer !== this.consumer) return;
      const slots = Object.entries(memberAssignment).flatMap(([name, partitions]) =>
        partitions.map((partition) => ({ topic: this.parts.topics.topicOf(name), partition })),
      );
      this.parts.listener.assigned(slots);
    });
    consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
      if (consumer !== this.consumer) return;
      this.fail(error);
      if (!restart) void this.leave().then(() => this.start());
    });
  }

  private take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const last = batch.messages.at(-1);
    if (!last || payload.isStale()) return Promise.resolve();
    const { fetchedOffset } = batch as unknown as { readonly fetchedOffset: string };
    const taken = this.parts.listener.fetched({
      topic: this.parts.topics.topicOf(batch.topic),
      partition: batch.partition,
      from: Number(fetchedOffset),
      messages: batch.messages,
      lastOffset: Number(last.offset),
      head: Number(batch.highWatermark),
    });
    if (taken) payload.resolveOffset(last.offset);
    return Promise.resolve();
  }

  private async leave(): Promise<void> {
    const { consumer } = this;
    this.consumer = undefined;
    await consumer?.disconnect().catch(() => undefined);
  }

  private fail(error: unknown): void {
    if (!this.stopped) this.parts.listener.failed(error);
  }

  /** Between two memberships there is nothing to steer; the next one begins with `assigned`. */
  private whileRunning(work: (consumer: Consumer) => void): void {
    if (!this.consumer) return;
    try {
      work(this.consumer);
    } catch (error) {
      this.fail(error);
    }
  }

  private named({ topic, partition }: Slot) {
    return { topic: this.parts.topics.nameOf(topic), partition };
  }

  private listed({ topic, partition }: Slot) {
    return { topic: this.parts.topics.nameOf(topic), partitions: [partition] };
  }
}
