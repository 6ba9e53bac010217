import { type BackOff, backOffMs } from '../back-off';
import { type Connections, type PgTransaction } from '../database';
import { LaneCursors } from './lane-cursors';
import { type LogHeads } from './log-heads';
import { type Lag, type SlotReader } from './log-reader';
import { type LogSource, type Reading } from './log-source';
import { type Place, type Slot, slotKey } from './partitions';
import { type RecentEntries } from './recent-entries';
import { type Step, type StepKeeper, lostOurSlot } from './steps';

const BATCH = 200;
const DISCONNECTED: BackOff = { firstMs: 100, mostMs: 5_000 };

export interface LaneParts<Entry extends Place> {
  readonly reading: Reading<Entry>;
  readonly source: LogSource<Entry>;
  readonly recent: RecentEntries<Entry>;
  readonly heads: LogHeads;
  readonly steps: StepKeeper<Entry>;
  /** For the transactions of handlers. */
  readonly connections: Connections;
  /** Another member seems to have taken over. */
  readonly onLost: () => void;
  /** Entries were dealt with, and that is committed. */
  readonly onMoved?: (steps: readonly Step[]) => void;
}

/**
 * Reads some slots, one batch after the other: what the handler does with a batch and the steps it
 * makes commit together. When a batch fails its entries are handled one by one, and a slot whose
 * entry fails again is held back while the others go on.
 */
export class Lane<Entry extends Place> implements SlotReader {
  private readonly cursors: LaneCursors;
  /** Fetched, and still to be handled. */
  private queue: Entry[] = [];
  private running: Promise<void> | undefined;
  private batch: Promise<boolean> = Promise.resolve(false);
  private timer: NodeJS.Timeout | undefined;
  private wokenAgain = false;
  private stopped = false;
  private disconnections = 0;

  constructor(private readonly parts: LaneParts<Entry>) {
    this.cursors = new LaneCursors(parts.reading.reader, parts.heads);
  }

  take(places: readonly Place[]): void {
    for (const place of places) this.cursors.put(place);
    this.wake();
  }

  /** Resolves when the batch under way is done, and nothing more will be done in these slots. */
  async drop(slots: readonly Slot[]): Promise<void> {
    if (slots.length === 0) return;
    this.cursors.prepareToLeave(slots);
    await this.batch.catch(() => false);
    this.cursors.remove(slots);
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
    return this.cursors.anyHeld;
  }

  isBeyond(place: Place): boolean {
    return this.cursors.isBeyond(place);
  }

  lag(): Lag[] {
    return this.cursors.lag();
  }

  /** Where it stands. */
  places(): Place[] {
    return this.cursors.places();
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
    this.batch = this.handleNext();
    return this.batch;
  }

  /** @returns whether there may be more. */
  private async handleNext(): Promise<boolean> {
    if (this.stopped) return false;
    this.queue = this.due(this.queue);
    if (this.queue.length === 0) this.queue = this.due(await this.fetch());
    if (this.queue.length === 0) return false;
    await this.handleTogether(this.queue);
    return true;
  }

  private due(entries: Entry[]): Entry[] {
    return entries.filter((entry) => this.cursors.isDue(entry));
  }

  private async fetch(): Promise<Entry[]> {
    const { source, recent } = this.parts;
    const now = performance.now();
    const behind = this.cursors.behind(now);
    const held = this.cursors.heldForMs(now);
    if (held !== undefined) this.wakeIn(held + 1);
    const suspect = behind.find((cursor) => cursor.suspect);
    if (suspect) return source.fetch([suspect], 1);
    const each = Math.ceil(BATCH / Math.max(1, behind.length));
    const near = behind.map((cursor) => recent.after(cursor, each));
    const far = behind.filter((_, index) => near[index]?.length === 0);
    return [...near.flat(), ...(far.length > 0 ? await source.fetch(far, each) : [])];
  }

  private async handleTogether(entries: readonly Entry[]): Promise<void> {
    const { reading } = this.parts;
    try {
      await this.commit((tx) => reading.handle(entries, tx));
    } catch (error) {
      if (lostOurSlot(error)) this.lose();
      else if (entries.length === 1 && entries[0]) await this.resolve(entries[0], error);
      else await this.handleOneByOne(entries);
    }
  }

  private async handleOneByOne(entries: readonly Entry[]): Promise<void> {
    const held = new Set<string>();
    for (const entry of entries) {
      if (this.stopped) return;
      if (held.has(slotKey(entry)) || !this.cursors.isDue(entry)) continue;
      await this.handleTogether([entry]);
      if (this.cursors.isDue(entry)) held.add(slotKey(entry));
    }
  }

  /** The entry failed all by itself. */
  private async resolve(entry: Entry, error: unknown): Promise<void> {
    const { reading } = this.parts;
    reading.failed(error, entry);
    try {
      await this.commit(async (tx) =>
        (await reading.setAside?.(entry, error, tx)) ? [entry] : [],
      );
    } catch (failure) {
      reading.failed(failure, entry);
    }
    if (!this.cursors.isDue(entry)) return;
    this.cursors.hold(entry, performance.now());
    this.queue = this.queue.filter((other) => slotKey(other) !== slotKey(entry));
  }

  /** Does some work and steps over the entries it has dealt with. */
  private async commit(work: (tx: PgTransaction) => Promise<readonly Entry[]>): Promise<void> {
    const { connections, steps } = this.parts;
    const made = await connections.pgTransaction(async (tx): Promise<Step[]> => {
      const handled = await work(tx);
      if (handled.length === 0) return [];
      const over = this.cursors.stepsOver(handled);
      await steps.keep(over, tx, handled);
      return over;
    });
    this.cursors.move(made);
    this.parts.onMoved?.(made);
  }

  private lose(): void {
    this.queue = [];
    this.cursors.clear();
    this.parts.onLost();
  }
}
