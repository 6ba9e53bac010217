import { setTimeout as pause } from 'node:timers/promises';
import { type Message, type MessageBus } from '@voltledger/kernel';
import { backOffMs } from '../back-off';
import { type Reports } from '../telemetry';

const BACK_OFF = { firstMs: 250, mostMs: 30_000 };

/** A bus of another cell, opened to read from it. */
export interface ForeignBus {
  readonly bus: MessageBus;
  readonly close: () => Promise<void>;
}

export interface TopicReplicaParts {
  /** The cell that is read. */
  readonly region: string;
  readonly topics: readonly string[];
  /** Our group there: its offsets tell how far we are. */
  readonly group: string;
  readonly open: () => Promise<ForeignBus>;
  /** Where the messages go. */
  readonly bus: MessageBus;
  readonly reports: Reports;
}

/**
 * Brings topics of another cell onto our own bus, each message at least once and in the order of its
 * key, under the id it has. A cell that is away delays nobody: it is tried for as long as it takes.
 * Only what a cell said itself is taken from it, so that nothing goes round in circles.
 */
export class TopicReplica {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private source: ForeignBus | undefined;

  constructor(private readonly parts: TopicReplicaParts) {}

  start(): void {
    this.running ??= this.connect();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.source?.close();
  }

  private async connect(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await this.subscribe();
        return;
      } catch (error) {
        this.parts.reports.report(error, { work: `replica of ${this.parts.region}` });
        await pause(backOffMs(BACK_OFF, failures), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async subscribe(): Promise<void> {
    const { open, group, topics } = this.parts;
    const source = await open();
    try {
      await source.bus.subscribe({ group, topics, handle: (message) => this.take(message) });
      this.source = source;
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  private async take(message: Message): Promise<void> {
    if (message.region !== this.parts.region) return;
    await this.parts.bus.publish([{ ...message, data: message.data as object }]);
  }
}
