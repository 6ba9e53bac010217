import {
  type GroupSubscription,
  type Message,
  type OutgoingMessage,
  type Subscription,
  type Transaction,
} from '@voltledger/kernel';
import { type Connections, PgTransaction } from '../database';
import { PartitionedLog, type Place } from '../log';
import { showLag } from '../message-bus/bus-metrics';
import { BUS_SCHEMA } from '../message-bus/bus-migrations';
import { type BusMessage, messageSource } from '../message-bus/bus-message';
import { ParkedMessages, park } from '../message-bus/parked-messages';
import { Publisher } from '../message-bus/publisher';
import { type Retention } from '../message-bus/retention';
import { type RunningBus } from '../message-bus/running-bus';
import { type HealthState, type Reports } from '../telemetry';
import { deadLetter } from './dead-letter';
import { forgetForwarded } from './forget-forwarded';
import { KafkaClient } from './kafka-client';
import { KafkaCluster } from './kafka-cluster';
import { KafkaGroup } from './kafka-group';
import { type GroupEntry, KafkaGroups } from './kafka-groups';
import { rewindInKafka } from './kafka-positions';
import { KafkaProducer } from './kafka-producer';
import { type KafkaSettings } from './kafka-settings';
import { News } from './news';
import { forward } from './outbox-forwarder';
import { sourceId } from './source-id';

const HINT_EVERY_MS = 1_000;
const SHOW_LAG_EVERY_MS = 5_000;
const VERIFY_EVERY_MS = 10_000;
const FORGET_EVERY_MS = 600_000;

export interface KafkaMessageBusOptions {
  /** Of the database, for a connection of its own to listen on. */
  readonly url: string;
  readonly kafka: KafkaSettings;
  /** For the transactions of handlers; default: the same as for everything else. */
  readonly handlers?: Connections;
  /** Of topics in Kafka; messages are kept for good when left out. */
  readonly retention?: Retention;
}

/** What is known once the cluster has answered. */
interface Connected {
  readonly clusterId: string;
  readonly source: string;
}

/**
 * The bus on Kafka. What is published is first a row in the publisher's database, in its
 * transaction, and goes from there to Kafka: nothing is lost while Kafka is away. What is read from
 * Kafka keeps its position in the handler's transaction.
 */
export class KafkaMessageBus implements RunningBus {
  readonly parked: ParkedMessages;
  readonly carrier = { name: 'kafka', state: (): HealthState => this.cluster.state() };
  private readonly client: KafkaClient;
  private readonly cluster: KafkaCluster;
  private readonly producer: KafkaProducer;
  private readonly log: PartitionedLog<BusMessage>;
  private readonly publisher: Publisher;
  private readonly groups = new KafkaGroups();
  private readonly connected: Promise<Connected>;
  private forwarding: Subscription | undefined;
  private closing = false;

  private constructor(
    private readonly database: Connections,
    private readonly reports: Reports,
    private readonly options: KafkaMessageBusOptions,
  ) {
    const { url, kafka, handlers = database, retention = {} } = options;
    this.client = new KafkaClient(kafka);
    this.cluster = new KafkaCluster(this.client, kafka, retention, reports);
    this.producer = new KafkaProducer(this.client, reports);
    const source = messageSource(database);
    const parts = { url, handlers, reports, source, schema: BUS_SCHEMA, connections: database };
    this.log = new PartitionedLog(parts);
    this.publisher = new Publisher(database, (places, messages) => {
      this.log.wrote(places, messages);
    });
    this.parked = new ParkedMessages(handlers, (group, message, tx) =>
      this.groups.handlerOf(group)(message, tx),
    );
    this.connected = this.connect();
    // Only closing ends it without a connection; whoever waits for it has been told.
    this.connected.catch(() => undefined);
  }

  /** Resolves when messages can be published, whether or not Kafka answers yet. */
  static async open(
    database: Connections,
    reports: Reports,
    options: KafkaMessageBusOptions,
  ): Promise<KafkaMessageBus> {
    const bus = new KafkaMessageBus(database, reports, options);
    await bus.log.start();
    bus.keepHouse();
    return bus;
  }

  publish(messages: readonly OutgoingMessage[], tx?: Transaction): Promise<void> {
    return this.publisher.publish(messages, tx);
  }

  async subscribe(subscription: GroupSubscription): Promise<Subscription> {
    const { group } = subscription;
    const member = this.groups.enter(subscription);
    const news = await this.newsFor(subscription);
    const started = this.start(member, news);
    started.catch((error: unknown) => {
      if (!this.closing) this.reports.report(error, { work: group });
    });
    // Whoever wants news only has them from here on.
    if (news && this.cluster.answers) await started;
    return {
      stop: async () => {
        await this.groups.leave(member);
      },
    };
  }

  async rewind(group: string, tx: Transaction): Promise<void> {
    await rewindInKafka(tx, group);
    // Otherwise it is found out at the next look at what is written down.
    if (tx instanceof PgTransaction)
      tx.afterCommit(() => void this.groups.of(group)?.running?.verify());
  }

  heldBack(): string[] {
    const groups = this.groups.running().filter((group) => group.heldBack);
    return [...groups.map(({ name }) => name), ...this.log.heldBack()];
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.groups.stop();
    await this.producer.close();
    await this.forwarding?.stop();
    await this.log.close();
    await this.cluster.close();
    // kafkajs leaves a connection open now and then, and with it the process.
    this.client.cutOff();
  }

  async abandon(): Promise<void> {
    this.closing = true;
    this.client.cutOff();
    await Promise.all([
      ...this.groups.running().map((group) => group.abandon()),
      this.log.abandon(),
      this.producer.close(),
      this.cluster.close(),
    ]);
  }

  private async connect(): Promise<Connected> {
    const clusterId = await this.cluster.id();
    const source = await sourceId(this.database);
    const { log, cluster, producer, reports } = this;
    this.forwarding = await forward({ log, cluster, producer, reports, source, clusterId });
    return { clusterId, source };
  }

  private async start(member: GroupEntry, news: News | undefined): Promise<void> {
    const { clusterId, source } = await this.connected;
    if (!this.groups.has(member)) return;
    const { database, reports, client, cluster, options } = this;
    const group = new KafkaGroup({
      ...{ clusterId, source, client, cluster, reports },
      subscription: member.subscription,
      sessionMs: options.kafka.sessionMs,
      connections: database,
      handlers: options.handlers ?? database,
      park: (reason, message, tx) => this.park(member.subscription, reason, message, tx),
    });
    await news?.begin(group.positions, cluster, source);
    member.running = group;
    void group.start();
  }

  private async park(
    { group }: GroupSubscription,
    reason: string,
    message: Message,
    tx: PgTransaction,
  ): Promise<void> {
    await park(tx, group, reason, message);
    await this.publisher.publish(deadLetter(group, reason, message), tx);
  }

  private async newsFor({ topics, startAt }: GroupSubscription): Promise<News | undefined> {
    if (startAt !== 'end') return undefined;
    return News.from(this.database, topics, this.cluster.answers);
  }

  private keepHouse(): void {
    const { log, cluster } = this;
    log.every('kafka.hint', HINT_EVERY_MS, () => this.groups.each((group) => group.hint()));
    log.every('kafka.lag', SHOW_LAG_EVERY_MS, () => this.showLag());
    log.every('kafka.verify', VERIFY_EVERY_MS, () => this.groups.each((group) => group.verify()));
    log.every('kafka.probe', SHOW_LAG_EVERY_MS, () => cluster.probe());
    log.every('kafka.forget', FORGET_EVERY_MS, async () => {
      const { clusterId } = await this.connected;
      await forgetForwarded(this.database, clusterId, this.options.kafka.outboxDays);
    });
  }

  private async showLag(): Promise<void> {
    const groups = this.groups.running();
    const topics = [...new Set(groups.flatMap((group) => group.topics))];
    if (this.cluster.answers && topics.length > 0) {
      const heads: readonly Place[] = await this.cluster.watermarks(topics);
      for (const group of groups) group.raise(heads);
    }
    showLag([...groups.flatMap((group) => group.lag()), ...this.log.lag()]);
  }
}
