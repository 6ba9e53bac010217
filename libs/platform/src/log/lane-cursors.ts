import { Cursor } from './cursor';
import { type LogHeads } from './log-heads';
import { type Lag } from './log-reader';
import { type Place, type Slot, slotKey } from './partitions';
import { NoLongerOurs, type Step } from './steps';

/** Where a lane stands in each of its slots. */
export class LaneCursors {
  private readonly cursors = new Map<string, Cursor>();
  private readonly leaving = new Set<string>();

  constructor(
    private readonly reader: string,
    private readonly heads: LogHeads,
  ) {}

  put(place: Place): void {
    this.cursors.set(slotKey(place), new Cursor(place));
  }

  /** Nothing new is begun there. */
  prepareToLeave(slots: readonly Slot[]): void {
    for (const slot of slots) this.leaving.add(slotKey(slot));
  }

  remove(slots: readonly Slot[]): void {
    for (const slot of slots) {
      this.cursors.delete(slotKey(slot));
      this.leaving.delete(slotKey(slot));
    }
  }

  clear(): void {
    this.cursors.clear();
  }

  /** Whether this entry is the lane's to handle, and still to be handled. */
  isDue(entry: Place): boolean {
    const key = slotKey(entry);
    const cursor = this.cursors.get(key);
    return cursor !== undefined && !this.leaving.has(key) && cursor.position < entry.position;
  }

  /** The slots with something to read and not held back, the one served longest ago first. */
  behind(nowMs: number): Cursor[] {
    return this.waiting().filter((cursor) => cursor.heldFor(nowMs) === 0);
  }

  /** Milliseconds until the first of the held slots may be tried again. */
  heldForMs(nowMs: number): number | undefined {
    const waits = this.waiting()
      .map((cursor) => cursor.heldFor(nowMs))
      .filter((wait) => wait > 0);
    return waits.length > 0 ? Math.min(...waits) : undefined;
  }

  /** @throws NoLongerOurs when a slot was given up meanwhile. */
  stepsOver(entries: readonly Place[]): Step[] {
    const last = new Map(entries.map((entry) => [slotKey(entry), entry]));
    return [...last].map(([key, { topic, partition, position }]) => {
      const cursor = this.cursors.get(key);
      if (!cursor) throw new NoLongerOurs(`${key} was given up`);
      return { reader: this.reader, topic, partition, from: cursor.position, to: position };
    });
  }

  /** Served slots go to the end of the queue. */
  move(steps: readonly Step[]): void {
    for (const step of steps) {
      const key = slotKey(step);
      const cursor = this.cursors.get(key);
      if (!cursor) continue;
      cursor.moveTo(step.to);
      this.cursors.delete(key);
      this.cursors.set(key, cursor);
    }
  }

  hold(slot: Slot, nowMs: number): void {
    this.cursors.get(slotKey(slot))?.hold(nowMs);
  }

  get anyHeld(): boolean {
    return [...this.cursors.values()].some(({ suspect }) => suspect);
  }

  isBeyond(place: Place): boolean {
    const cursor = this.cursors.get(slotKey(place));
    return cursor !== undefined && cursor.position > place.position;
  }

  places(): Place[] {
    return [...this.cursors.values()].map(({ topic, partition, position }) => ({
      ...{ topic, partition, position },
    }));
  }

  lag(): Lag[] {
    return [...this.cursors.values()].map((cursor) => ({
      topic: cursor.topic,
      entries: Math.max(0, this.heads.of(cursor) - cursor.position),
    }));
  }

  private waiting(): Cursor[] {
    return [...this.cursors.values()].filter(
      (cursor) => cursor.position < this.heads.of(cursor) && !this.leaving.has(slotKey(cursor)),
    );
  }
}
