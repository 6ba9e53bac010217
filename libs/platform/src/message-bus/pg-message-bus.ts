import {
  DomainError,
  type GroupSubscription,
  type MessageBus,
  type OutgoingMessage,
  type Subscription,
  type Transaction,
} from '@voltledger/kernel';
import { type Connections } from '../database';
import { newUuid } from '../identity';
import { gauge } from '../telemetry/metrics';
import { type Reports } from '../telemetry';
import { BusWire } from './bus-wire';
import { Gate } from './gate';
import { GroupRunner } from './group-runner';
import { Leases, rewindGroup } from './leases';
import { ParkedMessages } from './parked-messages';
import { type Partition, Publisher } from './publisher';
import { Recurring } from './recurring';

const HEARTBEAT_MS = 1_500;
const POLL_MS = 1_000;
const CLEAR_MS = 600_000;

export interface PgMessageBusOptions {
  /** For a connection of its own to listen on. */
  readonly url: string;
  /** Batches in work at once, over all groups: each holds a connection. */
  readonly concurrency?: number;
}

/** The bus in PostgreSQL: a log in partitions, groups with leases, offsets beside the effects. */
export class PgMessageBus implements MessageBus {
  readonly parked: ParkedMessages;
  private readonly member = newUuid();
  private readonly leases: Leases;
  private readonly gate: Gate;
  private readonly publisher: Publisher;
  private readonly wire: BusWire;
  private readonly recurring: Recurring;
  private readonly runners = new Map<string, GroupRunner>();

  private constructor(
    private readonly database: Connections,
    private readonly reports: Reports,
    { url, concurrency = 8 }: PgMessageBusOptions,
  ) {
    this.leases = new Leases(database, this.member);
    this.gate = new Gate(concurrency);
    this.publisher = new Publisher(database, (partitions) => {
      this.published(partitions);
    });
    this.wire = new BusWire(
      url,
      this.member,
      (at) => {
        this.wake(at);
      },
      reports,
    );
    this.recurring = new Recurring(reports);
    this.parked = new ParkedMessages(database, (group, message, tx) =>
      this.runner(group).handle(message, tx),
    );
  }

  static async open(
    database: Connections,
    reports: Reports,
    options: PgMessageBusOptions,
  ): Promise<PgMessageBus> {
    const bus = new PgMessageBus(database, reports, options);
    await bus.wire.open();
    bus.recurring.every('bus.heartbeat', HEARTBEAT_MS, () => bus.balance());
    bus.recurring.every('bus.poll', POLL_MS, () => bus.poll());
    bus.recurring.every('bus.clear', CLEAR_MS, () => bus.leases.clearAbandoned());
    return bus;
  }

  publish(messages: readonly OutgoingMessage[], tx?: Transaction): Promise<void> {
    return this.publisher.publish(messages, tx);
  }

  async subscribe(subscription: GroupSubscription): Promise<Subscription> {
    const { group } = subscription;
    if (this.runners.has(group)) throw new Error(`this process reads for ${group} already`);
    const { database, leases, gate, reports } = this;
    const runner = new GroupRunner(database, leases, gate, reports, subscription);
    await leases.join(subscription);
    this.runners.set(group, runner);
    await this.balance([group]);
    return {
      stop: async () => {
        this.runners.delete(group);
        await runner.stop();
      },
    };
  }

  rewind(group: string, tx: Transaction): Promise<void> {
    return rewindGroup(group, tx);
  }

  /** Groups of this process whose handler fails on some partition. */
  heldBack(): string[] {
    return [...this.runners.values()].filter((each) => each.heldBack > 0).map((each) => each.group);
  }

  async close(): Promise<void> {
    await this.recurring.stop();
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()));
    this.runners.clear();
    await this.wire.close();
  }

  /** Stops without finishing or giving anything back, as a process that is killed. For tests. */
  async abandon(): Promise<void> {
    this.runners.clear();
    await this.recurring.stop();
    await this.wire.close();
  }

  private published(partitions: readonly Partition[]): void {
    for (const each of partitions) this.wake(each);
    this.wire.tell(partitions);
  }

  private wake(partition: Partition): void {
    for (const runner of this.runners.values()) runner.wake(partition);
  }

  private async balance(groups: readonly string[] = [...this.runners.keys()]): Promise<void> {
    if (groups.length === 0) return;
    await this.leases.seen(groups);
    for (const share of await this.leases.shares(groups))
      await this.runners.get(share.group)?.balance(share);
  }

  private async poll(): Promise<void> {
    if (this.runners.size === 0) return;
    for (const { group, ...leased } of await this.leases.behind())
      this.runners.get(group)?.behind(leased);
    const lag = gauge({
      name: 'bus_lag_messages',
      help: 'Messages a group has still to read.',
      labelNames: ['group', 'topic'],
    });
    for (const each of await this.leases.lags())
      lag.set({ group: each.group, topic: each.topic }, each.lag);
  }

  private runner(group: string): GroupRunner {
    const runner = this.runners.get(group);
    if (runner) return runner;
    throw new DomainError('GROUP_NOT_HERE', 'Another service reads for that group; ask it.', {
      group,
    });
  }
}
