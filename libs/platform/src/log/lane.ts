import { type Connections } from '../database';
import { type BackOff, backOffMs } from './back-off';
import { Cursor } from './cursor';
import { type LogHeads } from './log-heads';
import { type Lag, type SlotReader } from './log-reader';
import { type LogSource, type Reading } from './log-source';
import { NoLongerOurs, type Offsets, type Step } from './offsets';
import { type Place, type Slot, slotKey } from './partitions';

const BATCH = 200;
const DISCONNECTED: BackOff = { firstMs: 100, mostMs: 5_000 };

export interface LaneParts<Entry extends Place> {
  readonly reading: Reading<Entry>;
  readonly source: LogSource<Entry>;
  readonly heads: LogHeads;
  readonly offsets: Offsets;
  /** For the transactions of handlers. */
  readonly connections: Connections;
  /** Another member seems to have taken over. */
  readonly onLost: () => void;
}

/**
 * Reads some slots, one batch after the other: what the handler does with a batch and the steps it
 * makes commit together. When a batch fails its entries are handled one by one, and a slot whose
 * entry fails again is held back while the others go on.
 */
export class Lane<Entry extends Place> implements SlotReader {
  private readonly cursors = new Map<string, Cursor>();
  private readonly leaving = new Set<string>();
  private running: Promise<void> | undefined;
  private batch: Promise<boolean> = Promise.resolve(false);
  private timer: NodeJS.Timeout | undefined;
  private wokenAgain = false;
  private stopped = false;
  private disconnections = 0;

  constructor(private readonly parts: LaneParts<Entry>) {}

  take(places: readonly Place[]): void {
    for (const place of places) this.cursors.set(slotKey(place), new Cursor(place));
    this.wake();
  }

  /** Resolves when the batch under way is done, and nothing more will be done in these slots. */
  async drop(slots: readonly Slot[]): Promise<void> {
    for (const slot of slots) this.leaving.add(slotKey(slot));
    await this.batch.catch(() => false);
    for (const slot of slots) {
      this.cursors.delete(slotKey(slot));
      this.leaving.delete(slotKey(slot));
    }
  }

  /** There may be something to read. */
  wake(): void {
    if (this.stopped) return;
    this.wokenAgain = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
      if (this.wokenAgain) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  get heldBack(): boolean {
    return [...this.cursors.values()].some(({ suspect }) => suspect);
  }

  /** Whether we stand behind this place: then somebody has set us back. */
  isBeyond(place: Place): boolean {
    const cursor = this.cursors.get(slotKey(place));
    return cursor !== undefined && cursor.position > place.position;
  }

  lag(): Lag[] {
    return [...this.cursors.values()].map((cursor) => ({
      topic: cursor.topic,
      entries: Math.max(0, this.parts.heads.of(cursor) - cursor.position),
    }));
  }

  private async run(): Promise<void> {
    while (this.wokenAgain) {
      this.wokenAgain = false;
      try {
        while (await this.nextBatch());
        this.disconnections = 0;
      } catch (error) {
        this.parts.reading.failed(error);
        this.disconnections += 1;
        this.wakeIn(backOffMs(DISCONNECTED, this.disconnections));
      }
    }
  }

  private wakeIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.wake();
    }, milliseconds);
  }

  private nextBatch(): Promise<boolean> {
    this.batch = this.readOnce();
    return this.batch;
  }

  /** @returns whether there may be more. */
  private async readOnce(): Promise<boolean> {
    const behind = this.stopped ? [] : this.behind();
    if (behind.length === 0) return false;
    const suspect = behind.find((cursor) => cursor.suspect);
    const entries = suspect
      ? await this.parts.source.fetch([suspect], 1)
      : await this.parts.source.fetch(behind, Math.ceil(BATCH / behind.length));
    if (entries.length === 0) return false;
    await this.process(entries);
    return true;
  }

  /** The slots with something to read, the one that waited longest first. */
  private behind(): Cursor[] {
    const now = performance.now();
    const waiting = [...this.cursors.values()].filter(
      (cursor) =>
        cursor.position < this.parts.heads.of(cursor) && !this.leaving.has(slotKey(cursor)),
    );
    const held = waiting.map((cursor) => cursor.heldFor(now)).filter((wait) => wait > 0);
    if (held.length > 0) this.wakeIn(Math.min(...held) + 1);
    return waiting.filter((cursor) => cursor.heldFor(now) === 0);
  }

  private async process(entries: readonly Entry[]): Promise<void> {
    try {
      await this.commit(entries);
    } catch (error) {
      if (error instanceof NoLongerOurs) this.lose();
      else if (entries.length === 1 && entries[0]) await this.resolve(entries[0], error);
      else await this.processOneByOne(entries);
    }
  }

  private lose(): void {
    this.cursors.clear();
    this.parts.onLost();
  }

  private async commit(entries: readonly Entry[]): Promise<void> {
    const { connections, reading, offsets } = this.parts;
    const steps = await connections.pgTransaction(async (tx) => {
      const handled = await reading.handle(entries, tx);
      const made = this.stepsOver(entries.slice(0, handled));
      tx.beforeCommit(this, () => offsets.advance(tx, made));
      return made;
    });
    this.move(steps);
  }

  private stepsOver(entries: readonly Entry[]): Step[] {
    const last = new Map(entries.map((entry) => [slotKey(entry), entry]));
    return [...last].map(([key, { topic, partition, position }]) => {
      const cursor = this.cursors.get(key);
      if (!cursor) throw new NoLongerOurs(`${key} was given up`);
      return { topic, partition, from: cursor.position, to: position };
    });
  }

  /** Served slots go to the end of the queue. */
  private move(steps: readonly Step[]): void {
    for (const step of steps) {
      const key = slotKey(step);
      const cursor = this.cursors.get(key);
      if (!cursor) continue;
      cursor.moveTo(step.to);
      this.cursors.delete(key);
      this.cursors.set(key, cursor);
    }
  }

  private async processOneByOne(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      const cursor = this.cursors.get(slotKey(entry));
      const next = cursor && !cursor.suspect && cursor.position < entry.position;
      if (next && !this.stopped) await this.process([entry]);
    }
  }

  /** The entry failed all by itself. */
  private async resolve(entry: Entry, error: unknown): Promise<void> {
    const { reading } = this.parts;
    reading.failed(error, entry);
    try {
      if (await this.putAside(entry, error)) return;
    } catch (failure) {
      reading.failed(failure, entry);
    }
    this.cursors.get(slotKey(entry))?.hold(performance.now());
  }

  private async putAside(entry: Entry, error: unknown): Promise<boolean> {
    const { connections, reading, offsets } = this.parts;
    if (!reading.setAside) return false;
    const steps = await connections.pgTransaction(async (tx) => {
      if (!(await reading.setAside?.(entry, error, tx))) return [];
      const made = this.stepsOver([entry]);
      tx.beforeCommit(this, () => offsets.advance(tx, made));
      return made;
    });
    this.move(steps);
    return steps.length > 0;
  }
}
