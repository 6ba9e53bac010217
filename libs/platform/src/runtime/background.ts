import { type DiscoveryService } from '@nestjs/core';
import {
  type EventStore,
  type GroupSubscription,
  type MessageBus,
  type Subscription,
} from '@voltledger/kernel';
import { CONSUMER, type TopicConsumer } from '../consumer';
import { PUBLICATION, type StreamPublication } from '../relay';
import { type Reports } from '../telemetry';
import { type RecurringWork, WORKER } from '../worker';
import { WorkerRun } from './worker-run';

interface Found {
  readonly consumers: readonly TopicConsumer[];
  readonly publications: readonly StreamPublication[];
  readonly workers: readonly RecurringWork[];
}

/** Every provider that is marked with `@Consumer()`, `@Publishes()` or `@Worker()`. */
function found(discovery: DiscoveryService): Found {
  const marked = (mark: symbol): unknown[] =>
    discovery
      .getProviders()
      .filter(({ metatype }) => metatype && Reflect.hasMetadata(mark, metatype))
      .map(({ instance }) => instance as unknown);
  return {
    consumers: marked(CONSUMER) as TopicConsumer[],
    publications: marked(PUBLICATION) as StreamPublication[],
    workers: marked(WORKER) as RecurringWork[],
  };
}

export interface BackgroundParts {
  readonly discovery: DiscoveryService;
  readonly store: EventStore;
  readonly bus: MessageBus;
  readonly reports: Reports;
  /** What the platform itself reads. */
  readonly further: readonly GroupSubscription[];
}

/** What runs without being asked: consumers, relays and workers of the services in this process. */
export class Background {
  private readonly subscriptions: Subscription[] = [];
  private readonly runs: WorkerRun[] = [];

  constructor(private readonly parts: BackgroundParts) {}

  async start(): Promise<void> {
    const { discovery, bus, reports, further } = this.parts;
    const { consumers, publications, workers } = found(discovery);
    for (const subscription of [...consumers.map((each) => each.subscription), ...further])
      this.subscriptions.push(await bus.subscribe(subscription));
    for (const publication of publications) await this.relay(publication);
    for (const work of workers) {
      const run = new WorkerRun(work, reports);
      this.runs.push(run);
      run.start();
    }
  }

  /** Workers first, then readers: what they have begun is finished. */
  async stop(): Promise<void> {
    await Promise.all(this.runs.map((run) => run.stop()));
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
  }

  /** From store to bus: what is published and the checkpoint are one transaction. */
  private async relay({ reader, categories, messagesOf }: StreamPublication): Promise<void> {
    const { store, bus } = this.parts;
    const subscription = await store.subscribe({
      reader,
      categories,
      handle: (events, tx) => bus.publish(events.flatMap(messagesOf), tx),
    });
    this.subscriptions.push(subscription);
  }
}
