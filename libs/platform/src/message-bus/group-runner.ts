import { type GroupSubscription, type Message, type Transaction } from '@voltledger/kernel';
import { type Connections } from '../database';
import { type Reports } from '../telemetry';
import { type Gate } from './gate';
import { type Leased, type Leases, type Share } from './leases';
import { OffsetMoved, PartitionReader } from './partition-reader';
import { type Partition } from './publisher';

interface Reading {
  readonly reader: PartitionReader;
  /** Set while it reads. */
  work?: Promise<void>;
  /** News came while it was reading. */
  again: boolean;
  failures: number;
  retry?: NodeJS.Timeout;
}

const BACK_OFF_FIRST_MS = 100;
const BACK_OFF_MAX_MS = 30_000;

const nameOf = ({ topic, partition }: Partition): string => `${topic}/${partition}`;

/** One member of one group: reads the partitions it holds, each in order, several side by side. */
export class GroupRunner {
  private readonly readings = new Map<string, Reading>();
  private stopping = false;

  constructor(
    private readonly database: Connections,
    private readonly leases: Leases,
    private readonly gate: Gate,
    private readonly reports: Reports,
    readonly subscription: GroupSubscription,
  ) {}

  get group(): string {
    return this.subscription.group;
  }

  /** Partitions that cannot go on for now, because their handler fails. */
  get heldBack(): number {
    return [...this.readings.values()].filter(({ failures }) => failures > 0).length;
  }

  handle(message: Message, tx: Transaction): Promise<void> {
    return this.subscription.handle(message, tx);
  }

  /** Takes or gives back partitions until this member has its share. */
  async balance({ mine, free, share }: Share): Promise<void> {
    if (this.stopping) return;
    if (mine > share) {
      for (const each of await this.leases.surplus(this.group, mine - share))
        await this.giveBack(each);
      return;
    }
    const wanted = Math.min(free, share - mine);
    if (wanted <= 0) return;
    for (const leased of await this.leases.claim(this.group, wanted)) this.take(leased);
  }

  /** Something was appended there. */
  wake(partition: Partition): void {
    const reading = this.readings.get(nameOf(partition));
    if (reading) this.start(reading);
  }

  /** The log is ahead of us: news was missed, or the group was set back. */
  behind(leased: Leased): void {
    const reading = this.readings.get(nameOf(leased));
    if (!reading) {
      this.take(leased);
      return;
    }
    if (reading.work) return;
    reading.reader.goOnFrom(leased.position);
    this.start(reading);
  }

  /** Finishes what is in work, then gives everything back. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const { retry } of this.readings.values()) clearTimeout(retry);
    for (const { work } of this.readings.values()) await work;
    this.readings.clear();
    await this.leases.leave(this.subscription);
  }

  private take(leased: Leased): void {
    const { topic, partition, position } = leased;
    if (this.stopping || this.readings.has(nameOf(leased))) return;
    const at = { topic, partition };
    const { database, subscription, leases } = this;
    const reader = new PartitionReader(database, subscription, at, leases.member, position);
    const reading = { reader, again: false, failures: 0 };
    this.readings.set(nameOf(at), reading);
    this.start(reading);
  }

  private async giveBack(partition: Partition): Promise<void> {
    const reading = this.readings.get(nameOf(partition));
    this.readings.delete(nameOf(partition));
    clearTimeout(reading?.retry);
    await reading?.work;
    await this.leases.release(this.group, partition);
  }

  private start(reading: Reading): void {
    if (reading.work) {
      reading.again = true;
      return;
    }
    if (this.stopping || reading.retry) return;
    reading.work = this.readAll(reading).finally(() => {
      delete reading.work;
      if (reading.again) this.start(reading);
    });
  }

  private async readAll(reading: Reading): Promise<void> {
    const { reader } = reading;
    try {
      do {
        reading.again = false;
        while (await this.gate.through(() => reader.readOn())) if (this.isStopping()) return;
      } while (this.hasNews(reading));
      reading.failures = 0;
    } catch (error) {
      await this.failed(reading, error);
    }
  }

  private hasNews(reading: Reading): boolean {
    return reading.again && !this.stopping;
  }

  /** A call, so that nobody takes it for settled across an await. */
  private isStopping(): boolean {
    return this.stopping;
  }

  private async failed(reading: Reading, error: unknown): Promise<void> {
    if (error instanceof OffsetMoved) {
      await this.findPlace(reading);
      return;
    }
    const at = nameOf(reading.reader.partition);
    this.reports.report(error, { work: this.group, facts: { partition: at } });
    reading.failures += 1;
    const wait = Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** (reading.failures - 1));
    reading.retry = setTimeout(() => {
      delete reading.retry;
      this.start(reading);
    }, wait);
  }

  private async findPlace(reading: Reading): Promise<void> {
    const held = await this.leases.held(this.group, reading.reader.partition);
    if (!held) {
      this.readings.delete(nameOf(reading.reader.partition));
      return;
    }
    reading.reader.goOnFrom(held.position);
    reading.again = true;
  }
}
