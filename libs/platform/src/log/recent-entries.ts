import { type Place, slotKey } from './partitions';

const PER_SLOT = 512;
const ALL_MAX = 30_000;

/**
 * The latest entries that this process wrote itself, so that its own readers need not fetch them
 * from the database. Only a shortcut: what is not here is there.
 */
export class RecentEntries<Entry extends Place> {
  private readonly slots = new Map<string, Entry[]>();
  private count = 0;

  /** Committed entries, in order within each slot. */
  add(entries: readonly Entry[]): void {
    if (this.count + entries.length > ALL_MAX) this.forgetAll();
    for (const entry of entries) this.addOne(entry);
  }

  /** What follows this place without a gap, at most `limit`; nothing, when we do not have it. */
  after(place: Place, limit: number): Entry[] {
    const known = this.slots.get(slotKey(place));
    const first = known?.[0];
    if (!known || !first) return [];
    const start = place.position + 1 - first.position;
    return start < 0 ? [] : known.slice(start, start + limit);
  }

  private addOne(entry: Entry): void {
    const key = slotKey(entry);
    const known = this.slots.get(key) ?? [];
    if (known.at(-1)?.position === entry.position - 1) {
      known.push(entry);
      this.count += 1;
      if (known.length > 2 * PER_SLOT) this.shorten(known);
      return;
    }
    // Another process has written in between.
    this.count += 1 - known.length;
    this.slots.set(key, [entry]);
  }

  private shorten(known: Entry[]): void {
    this.count -= known.length - PER_SLOT;
    known.splice(0, known.length - PER_SLOT);
  }

  private forgetAll(): void {
    this.slots.clear();
    this.count = 0;
  }
}
