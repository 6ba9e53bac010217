import { type Subscription } from '@voltledger/kernel';
import { type Connections } from '../database';
import { newUuid } from '../identity';
import { Lane } from './lane';
import { LogHeads } from './log-heads';
import { LogReader } from './log-reader';
import { LogSignals } from './log-signals';
import { type LogSource, type Reading } from './log-source';
import { Membership, type Members } from './membership';
import { Offsets } from './offsets';
import { type Place } from './partitions';

/** How often we look for ourselves, should a signal get lost. */
const LOOK_EVERY_MS = 250;
const BEAT_EVERY_MS = 1_000;
const TIDY_EVERY_BEATS = 3_600;

export interface PartitionedLogOptions<Entry extends Place> {
  readonly url: string;
  /** The schema of its tables, and the name of its signals. */
  readonly schema: string;
  readonly source: LogSource<Entry>;
  /** For short statements only: they wait for nothing. */
  readonly connections: Connections;
  /** For the transactions of handlers. */
  readonly handlers: Connections;
  readonly report: (error: unknown) => void;
}

/** A log in PostgreSQL as one process follows it: who reads what, how far, and when to look again. */
export class PartitionedLog<Entry extends Place> {
  private readonly member = newUuid();
  private readonly heads = new LogHeads();
  private readonly signals: LogSignals;
  private readonly membership: Membership;
  private readonly readers = new Set<LogReader>();
  private members: Members = new Map();
  private alone = false;
  private looking = false;
  private beats = 0;
  private timers: NodeJS.Timeout[] = [];
  private beating: Promise<void> = Promise.resolve();

  constructor(private readonly options: PartitionedLogOptions<Entry>) {
    const { url, schema, connections, report } = options;
    this.membership = new Membership(connections, schema, this.member);
    this.signals = new LogSignals({
      url,
      channel: schema,
      member: this.member,
      connections,
      report,
      onHigher: (places) => {
        if (places) this.heads.raise(places);
        else void this.lookAndBeat();
      },
    });
    this.heads.onHigher((places) => {
      this.wakeReaders(places);
    });
  }

  async start(): Promise<void> {
    await this.signals.connect();
    this.timers = [
      setInterval(() => void this.look(), LOOK_EVERY_MS),
      setInterval(() => void this.beat(), BEAT_EVERY_MS),
    ];
  }

  /** Our own entries at these places are committed. */
  wrote(places: readonly Place[]): void {
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
    reader.wake();
    return { stop: () => this.leave(reader) };
  }

  /** Slots whose next entry cannot be handled, by reader. */
  heldBack(): { readonly reader: string; readonly place: string }[] {
    return [...this.readers].flatMap((reader) =>
      reader.heldBack().map(({ topic, partition }) => ({
        reader: reader.name,
        place: `${topic}/${partition}`,
      })),
    );
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.beating;
    await Promise.all([...this.readers].map((reader) => this.leave(reader)));
    await this.signals.close();
  }

  private readerFor(reading: Reading<Entry>): LogReader {
    const { schema, source, connections, handlers } = this.options;
    const offsets = new Offsets(connections, schema, reading.reader, this.member);
    const lanes = Array.from({ length: reading.lanes }, () => {
      const lane: Lane<Entry> = new Lane({
        reading,
        source,
        offsets,
        heads: this.heads,
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

  private wakeReaders(places: readonly Place[]): void {
    for (const reader of this.readers)
      reader
        .follow(places, this.members.get(reader.name) ?? [this.member])
        .catch(this.options.report);
  }

  private async lookAndBeat(): Promise<void> {
    await Promise.all([this.look(), this.beat()]);
  }

  private async look(): Promise<void> {
    if (this.looking || this.readers.size === 0) return;
    this.looking = true;
    try {
      this.heads.raise(await this.options.source.heads(undefined));
    } catch (error) {
      this.options.report(error);
    } finally {
      this.looking = false;
    }
  }

  /** One after the other; a failure is reported and the next beat tries again. */
  private beat(): Promise<void> {
    this.beating = this.beating.then(() => this.beatNow()).catch(this.options.report);
    return this.beating;
  }

  private async beatNow(): Promise<void> {
    const { backend } = this.signals;
    if (backend === undefined || this.readers.size === 0) return;
    const readers = [...this.readers];
    const presence = await this.membership.beat(
      readers.map(({ name }) => name),
      backend,
    );
    ({ members: this.members, alone: this.alone } = presence);
    for (const reader of readers) await reader.rebalance(this.members.get(reader.name) ?? []);
    this.beats += 1;
    if (this.beats % TIDY_EVERY_BEATS === 0) await this.membership.tidy();
  }
}
