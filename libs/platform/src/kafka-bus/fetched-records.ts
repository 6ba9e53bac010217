import { type LogSource, type Place, type Slot, slotKey } from '../log';
import { type KafkaEntry } from './kafka-record';

const ENOUGH = 800;
/** So many are left to handle while the next are on their way. */
const FEW = 400;

interface Fetched {
  /** Behind the last record that was fetched. */
  next: number;
  entries: KafkaEntry[];
  full: boolean;
}

/** Records that Kafka has given us and that are still to be handled: a bounded number per partition. */
export class FetchedRecords implements LogSource<KafkaEntry> {
  private readonly slots = new Map<string, Fetched>();

  /** @param onRoom there is room again in a partition that was full. */
  constructor(private readonly onRoom: (slot: Slot) => void) {}

  open(place: Place): void {
    this.slots.set(slotKey(place), { next: place.position, entries: [], full: false });
  }

  close(slot: Slot): void {
    this.slots.delete(slotKey(slot));
  }

  /** Where to fetch next; undefined when the partition is not read here. */
  next(slot: Slot): number | undefined {
    return this.slots.get(slotKey(slot))?.next;
  }

  isFull(slot: Slot): boolean {
    return this.slots.get(slotKey(slot))?.full ?? false;
  }

  /** Records up to this offset; those known already are left out. */
  add(slot: Slot, entries: readonly KafkaEntry[], lastOffset: number): void {
    const fetched = this.slots.get(slotKey(slot));
    if (!fetched) return;
    for (const entry of entries) if (entry.position > fetched.next) fetched.entries.push(entry);
    fetched.next = Math.max(fetched.next, lastOffset + 1);
    fetched.full = fetched.entries.length > ENOUGH;
  }

  fetch(behind: readonly Place[], each: number): Promise<KafkaEntry[]> {
    return Promise.resolve(
      behind.flatMap((place) => {
        const fetched = this.slots.get(slotKey(place));
        if (!fetched) return [];
        this.drop(place);
        return fetched.entries.slice(0, each);
      }),
    );
  }

  /** What is up to this place has been dealt with. */
  drop(place: Place): void {
    const fetched = this.slots.get(slotKey(place));
    if (!fetched) return;
    const first = fetched.entries.findIndex(({ position }) => position > place.position);
    fetched.entries.splice(0, first < 0 ? fetched.entries.length : first);
    if (!fetched.full || fetched.entries.length > FEW) return;
    fetched.full = false;
    this.onRoom(place);
  }

  heads(): Promise<Place[]> {
    return Promise.resolve([]);
  }
}
