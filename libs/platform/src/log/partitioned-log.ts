import { type Subscription, type Transaction } from '@voltledger/kernel';
import { type Connections, PgTransaction } from '../database';
import { newUuid } from '../identity';
import { type Reports } from '../telemetry';
import { Lane } from './lane';
import { LogHeads } from './log-heads';
import { type Lag, LogReader } from './log-reader';
import { LogSignals } from './log-signals';
import { type LogSource, type Reading } from './log-source';
import { Membership, type Members } from './membership';
import { Offsets, rewind } from './offsets';
import { type Place } from './partitions';
import { RecentEntries } from './recent-entries';
import { Recurring } from './recurring';
import { Steps } from './steps';

/** How often we look for ourselves, should a signal get lost. */
const LOOK_EVERY_MS = 250;
const LOOKS_WHEN_ALONE = 4;
const BEAT_EVERY_MS = 1_000;
/** A look at what is written down about our slots. */
const VERIFY_EVERY_MS = 10_000;
const TIDY_EVERY_MS = 600_000;

export interface PartitionedLogOptions<Entry extends Place> {
  readonly url: string;
  /** The schema of its tables, and the name of its signals. */
  readonly schema: string;
  readonly source: LogSource<Entry>;
  /** For short statements only: they wait for nothing. */
  readonly connections: Connections;
  /** For the transactions of handlers. */
  readonly handlers: Connections;
  readonly reports: Reports;
}

/** A log in PostgreSQL as one process follows it: who reads what, how far, and when to look again. */
export class PartitionedLog<Entry extends Place> {
  private readonly member = newUuid();
  private readonly heads = new LogHeads();
  private readonly recent = new RecentEntries<Entry>();
  private readonly steps: Steps;
  private readonly signals: LogSignals;
  private readonly membership: Membership;
  private readonly recurring: Recurring;
  private readonly readers = new Set<LogReader>();
  private members: Members = new Map();
  private alone = false;
  private looks = 0;
  private beating: Promise<void> = Promise.resolve();

  constructor(private readonly options: PartitionedLogOptions<Entry>) {
    const { url, schema, connections, reports } = options;
    this.steps = new Steps(connections, schema, this.member);
    this.membership = new Membership(connections, schema, this.member);
    this.recurring = new Recurring(reports);
    this.signals = new LogSignals({
      url,
      channel: schema,
      member: this.member,
      connections,
      report: (error) => {
        this.report(error);
      },
      onHigher: (places) => {
        if (places) this.heads.raise(places);
        else void this.lookAround();
      },
    });
    this.heads.onHigher((places) => {
      this.wakeReaders(places);
    });
  }

  async start(): Promise<void> {
    await this.signals.connect();
    this.every(`${this.options.schema}.look`, LOOK_EVERY_MS, () => this.lookLessWhenAlone());
    this.every(`${this.options.schema}.beat`, BEAT_EVERY_MS, () => this.beat());
    this.every(`${this.options.schema}.verify`, VERIFY_EVERY_MS, () => this.verify());
    this.every(`${this.options.schema}.tidy`, TIDY_EVERY_MS, () => this.membership.tidy());
  }

  /** Further housekeeping, for as long as the log is open. */
  every(name: string, milliseconds: number, work: () => Promise<void>): void {
    this.recurring.every(name, milliseconds, work);
  }

  /** We have written up to these places, and committed. `entries`: what is there, in order. */
  wrote(places: readonly Place[], entries: () => readonly Entry[]): void {
    if (places.some((place) => this.isReadHere(place))) this.recent.add(entries());
    this.heads.raise(places);
    if (!this.alone) this.signals.tell(places);
  }

  async read(reading: Reading<Entry>): Promise<Subscription> {
    const reader = this.readerFor(reading);
    const heads = await this.options.source.heads(reading.topics);
    await reader.begin(heads);
    this.readers.add(reader);
    await this.beat();
    await this.signals.callOthers();
    this.heads.raise(heads);
    // What was written since we looked, and told when nobody listened, is told by nobody else.
    await reader.follow(this.heads.places(), this.membersOf(reader));
    reader.wake();
    return { stop: () => this.leave(reader) };
  }

  /** Sets a reader back to the first entry, when `tx` commits, wherever it runs. */
  async rewind(reader: string, tx: Transaction): Promise<void> {
    await rewind(tx, this.options.schema, reader);
    // Otherwise it is found out at the next look at what is written down.
    if (tx instanceof PgTransaction) tx.afterCommit(() => void this.lookAndCall());
  }

  /** Readers that cannot handle the next entry of some slot. */
  heldBack(): string[] {
    return [...this.readers].filter(({ heldBack }) => heldBack).map(({ name }) => name);
  }

  lag(): (Lag & { readonly reader: string })[] {
    return [...this.readers].flatMap((reader) =>
      reader.lag().map((lag) => ({ reader: reader.name, ...lag })),
    );
  }

  async close(): Promise<void> {
    await this.recurring.stop();
    await this.beating.catch(() => undefined);
    await Promise.all([...this.readers].map((reader) => this.leave(reader)));
    await this.signals.close();
  }

  /** As a process that is killed: nothing is finished, nothing given back. */
  async abandon(): Promise<void> {
    this.readers.clear();
    await this.recurring.stop();
    await this.signals.close();
  }

  private readerFor(reading: Reading<Entry>): LogReader {
    const { schema, source, connections, handlers } = this.options;
    const offsets = new Offsets(connections, schema, reading.reader, this.member);
    const lanes = Array.from({ length: reading.lanes }, () => {
      const lane: Lane<Entry> = new Lane({
        reading,
        source,
        heads: this.heads,
        recent: this.recent,
        steps: this.steps,
        connections: handlers,
        onLost: () => {
          reader.lost(lane);
        },
      });
      return lane;
    });
    const reader: LogReader = new LogReader({ ...reading, member: this.member, offsets, lanes });
    return reader;
  }

  private async leave(reader: LogReader): Promise<void> {
    if (!this.readers.delete(reader)) return;
    await reader.stop();
    await this.membership.leave(reader.name);
    await this.signals.callOthers();
  }

  private isReadHere({ topic }: Place): boolean {
    for (const reader of this.readers) if (reader.reads(topic)) return true;
    return false;
  }

  private wakeReaders(places: readonly Place[]): void {
    for (const reader of this.readers)
      reader.follow(places, this.membersOf(reader)).catch((error: unknown) => {
        this.report(error);
      });
  }

  /** Somebody called: others came or left, or a reader was set back. */
  private async lookAround(): Promise<void> {
    try {
      await Promise.all([this.look(), this.beat()]);
      await this.verify();
    } catch (error) {
      this.report(error);
    }
  }

  private async lookAndCall(): Promise<void> {
    await Promise.all([this.lookAround(), this.signals.callOthers()]);
  }

  private async look(): Promise<void> {
    if (this.readers.size === 0) return;
    const topics = [...this.readers].map((reader) => reader.topicsRead);
    const some = topics.every((each) => each !== undefined) ? topics.flat() : undefined;
    this.heads.raise(await this.options.source.heads(some && [...new Set(some)]));
  }

  /** Nobody but us seems to write: then we know already. But who knows. */
  private async lookLessWhenAlone(): Promise<void> {
    this.looks += 1;
    if (!this.alone || this.looks % LOOKS_WHEN_ALONE === 0) await this.look();
  }

  private async verify(): Promise<void> {
    for (const reader of this.readers) await reader.verify(this.membersOf(reader));
  }

  private beat(): Promise<void> {
    this.beating = this.beating.catch(() => undefined).then(() => this.beatNow());
    return this.beating;
  }

  private async beatNow(): Promise<void> {
    const { backend } = this.signals;
    if (backend === undefined || this.readers.size === 0) return;
    const readers = [...this.readers];
    const names = readers.map(({ name }) => name);
    const presence = await this.membership.beat(names, backend);
    ({ members: this.members, alone: this.alone } = presence);
    for (const reader of readers) await reader.rebalance(this.membersOf(reader));
  }

  private membersOf({ name }: LogReader): readonly string[] {
    return this.members.get(name) ?? [this.member];
  }

  private report(error: unknown): void {
    this.options.reports.report(error, { work: this.options.schema });
  }
}
