import { setTimeout as pause } from 'node:timers/promises';
import { type Admin, KafkaJSProtocolError } from 'kafkajs';
import { backOffMs } from '../back-off';
import { type Place } from '../log';
import { type Retention } from '../message-bus/retention';
import { type HealthState, type Reports, gauge } from '../telemetry';
import { type KafkaClient } from './kafka-client';
import { type KafkaSettings } from './kafka-settings';
import { KafkaTopics } from './kafka-topics';

const AWAY = { firstMs: 200, mostMs: 2_000 };
const TRIES = 8;

const connected = gauge({
  name: 'kafka_connected',
  help: '1 while the Kafka cluster answers this process; messages wait in the database meanwhile.',
  labelNames: [],
});

/** Where a partition of Kafka begins and ends. */
export interface Watermarks extends Place {
  /** As a position: behind the last record. */
  readonly position: number;
  /** The offset of the first record that is kept. */
  readonly low: number;
}

/** The cluster, as one process asks and watches it. */
export class KafkaCluster {
  readonly topics: KafkaTopics;
  private admin: Promise<Admin> | undefined;
  private problem: string | undefined = 'not connected yet';
  private closed = false;

  constructor(
    private readonly client: KafkaClient,
    settings: KafkaSettings,
    retention: Retention,
    private readonly reports: Reports,
  ) {
    this.topics = new KafkaTopics(settings, retention, (work) => this.withAdmin(work));
  }

  /** Waits until the cluster answers, however long that takes. @returns its id. */
  async id(): Promise<string> {
    for (let failures = 0; ; failures += 1) {
      try {
        return (await this.withAdmin((admin) => admin.describeCluster(), 1)).clusterId;
      } catch (error) {
        if (this.closed) throw error;
        if (failures === 0) this.reports.report(error, { work: 'kafka' });
        await pause(backOffMs(AWAY, failures + 1));
      }
    }
  }

  get answers(): boolean {
    return this.problem === undefined;
  }

  /** Asks whether it is there; what is said to it otherwise tells as well. */
  async probe(): Promise<void> {
    await this.withAdmin((admin) => admin.describeCluster(), 1).catch(() => undefined);
  }

  state(): HealthState {
    if (this.problem === undefined) return { ok: true };
    // Still ready: what is published waits in the database.
    return { ok: true, detail: `Kafka does not answer, messages wait: ${this.problem}` };
  }

  async watermarks(topics: readonly string[]): Promise<Watermarks[]> {
    await this.topics.ensure(topics);
    const found = await this.withAdmin((admin) =>
      Promise.all(
        topics.map(async (topic) => {
          const partitions = await admin.fetchTopicOffsets(this.topics.nameOf(topic));
          return partitions.map(({ partition, high, low }) => ({
            ...{ topic, partition, position: Number(high), low: Number(low) },
          }));
        }),
      ),
    );
    return found.flat();
  }

  /** Where records begin that were written at this time or later. */
  async since(topics: readonly string[], epochMs: number): Promise<Place[]> {
    await this.topics.ensure(topics);
    const found = await this.withAdmin((admin) =>
      Promise.all(
        topics.map(async (topic) => {
          const name = this.topics.nameOf(topic);
          const partitions = await admin.fetchTopicOffsetsByTimestamp(name, epochMs);
          return partitions.map(({ partition, offset }) => ({
            ...{ topic, partition, position: Number(offset) },
          }));
        }),
      ),
    );
    return found.flat();
  }

  async withAdmin<Result>(work: (admin: Admin) => Promise<Result>, tries = TRIES): Promise<Result> {
    for (let failures = 1; ; failures += 1) {
      try {
        const result = await work(await this.connectedAdmin());
        this.heard(undefined);
        return result;
      } catch (error) {
        // It has answered, if only with a refusal.
        const refused = error instanceof KafkaJSProtocolError;
        if (!refused) await this.dropAdmin();
        this.heard(refused ? undefined : error);
        if (this.closed || failures >= tries) throw error;
        await pause(backOffMs(AWAY, failures));
      }
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.dropAdmin();
  }

  private heard(error: unknown): void {
    this.problem = error === undefined ? undefined : messageIn(error);
    connected.set(error === undefined ? 1 : 0);
  }

  private connectedAdmin(): Promise<Admin> {
    this.admin ??= this.connect();
    return this.admin;
  }

  private async connect(): Promise<Admin> {
    const admin = this.client.kafka.admin({ retry: { retries: 1, initialRetryTime: 100 } });
    await admin.connect();
    return admin;
  }

  private async dropAdmin(): Promise<void> {
    const { admin } = this;
    this.admin = undefined;
    await admin?.then((each) => each.disconnect()).catch(() => undefined);
  }
}

const messageIn = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
