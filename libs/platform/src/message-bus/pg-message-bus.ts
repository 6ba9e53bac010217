import {
  type GroupSubscription,
  type OutgoingMessage,
  type Subscription,
  type Transaction,
} from '@voltledger/kernel';
import { type Connections } from '../database';
import { PartitionedLog, type Reading } from '../log';
import { type Reports } from '../telemetry';
import { showLag } from './bus-metrics';
import { BUS_SCHEMA } from './bus-migrations';
import { type BusMessage, messageOf, messageSource } from './bus-message';
import { groupReading } from './group-reading';
import { ParkedMessages, groupNotHere, park } from './parked-messages';
import { Publisher } from './publisher';
import { type Retention, forget } from './retention';
import { type RunningBus } from './running-bus';

const FORGET_EVERY_MS = 600_000;
const SHOW_LAG_EVERY_MS = 5_000;

export interface PgMessageBusOptions {
  /** For a connection of its own to listen on. */
  readonly url: string;
  /** For the transactions of handlers; default: the same as for everything else. */
  readonly handlers?: Connections;
  /** Messages are kept for good when left out. */
  readonly retention?: Retention;
}

/** The bus in PostgreSQL: each topic is a log in partitions, offsets lie beside the effects. */
export class PgMessageBus implements RunningBus {
  readonly parked: ParkedMessages;
  private readonly log: PartitionedLog<BusMessage>;
  private readonly publisher: Publisher;
  private readonly groups = new Map<string, GroupSubscription>();

  private constructor(
    database: Connections,
    private readonly reports: Reports,
    { url, handlers = database, retention = {} }: PgMessageBusOptions,
  ) {
    this.log = new PartitionedLog({
      url,
      handlers,
      reports,
      schema: BUS_SCHEMA,
      connections: database,
      source: messageSource(database),
    });
    this.publisher = new Publisher(database, (places, messages) => {
      this.log.wrote(places, messages);
    });
    this.parked = new ParkedMessages(handlers, (group, message, tx) =>
      this.subscriptionOf(group).handle(message, tx),
    );
    this.log.every('bus.lag', SHOW_LAG_EVERY_MS, () => {
      showLag(this.log.lag());
      return Promise.resolve();
    });
    this.log.every('bus.forget', FORGET_EVERY_MS, () => forget(database, retention));
  }

  static async open(
    database: Connections,
    reports: Reports,
    options: PgMessageBusOptions,
  ): Promise<PgMessageBus> {
    const bus = new PgMessageBus(database, reports, options);
    await bus.log.start();
    return bus;
  }

  publish(messages: readonly OutgoingMessage[], tx?: Transaction): Promise<void> {
    return this.publisher.publish(messages, tx);
  }

  async subscribe(subscription: GroupSubscription): Promise<Subscription> {
    const { group } = subscription;
    if (this.groups.has(group)) throw new Error(`this process reads for ${group} already`);
    this.groups.set(group, subscription);
    const reading = await this.log.read(this.readingOf(subscription));
    return {
      stop: async () => {
        await reading.stop();
        this.groups.delete(group);
      },
    };
  }

  rewind(group: string, tx: Transaction): Promise<void> {
    return this.log.rewind(group, tx);
  }

  /** Groups of this process whose handler fails on some partition. */
  heldBack(): string[] {
    return this.log.heldBack();
  }

  async close(): Promise<void> {
    await this.log.close();
    this.groups.clear();
  }

  /** Stops without finishing or giving anything back, as a process that is killed. For tests. */
  abandon(): Promise<void> {
    return this.log.abandon();
  }

  private readingOf(subscription: GroupSubscription): Reading<BusMessage> {
    return groupReading({
      subscription,
      reports: this.reports,
      messageOf,
      deliver: (entry, tx) => subscription.handle(messageOf(entry), tx),
      park: (reason, message, tx) => park(tx, subscription.group, reason, message),
    });
  }

  private subscriptionOf(group: string): GroupSubscription {
    const subscription = this.groups.get(group);
    if (subscription) return subscription;
    throw groupNotHere(group);
  }
}
