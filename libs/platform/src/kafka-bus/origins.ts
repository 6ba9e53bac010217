import { slotKey } from '../log';
import { type KafkaEntry, type Origin } from './kafka-record';

/** How far a group has come in each partition of each log, in one partition of Kafka. */
export type Reached = Readonly<Record<string, number>>;

export const originKey = ({ source, partition }: Omit<Origin, 'position'>): string =>
  `${source}/${partition}`;

/** What came before, by where it came from: a forwarder that takes over sends some of it again. */
export class Origins {
  private readonly slots = new Map<string, Map<string, number>>();

  put(slot: string, reached: Reached): void {
    this.slots.set(slot, new Map(Object.entries(reached)));
  }

  forget(slot: string): void {
    this.slots.delete(slot);
  }

  /** For the entries of one batch, which is forgotten when it fails. */
  begin(): OriginDraft {
    return new OriginDraft((entry) => this.reachedBefore(entry));
  }

  /** The highest position of each origin, per slot, once these entries are dealt with. */
  after(entries: readonly KafkaEntry[]): Map<string, Record<string, number>> {
    const reached = new Map<string, Record<string, number>>();
    for (const entry of entries) {
      const slot = slotKey(entry);
      const ofSlot = reached.get(slot) ?? {};
      reached.set(slot, ofSlot);
      if (!entry.origin) continue;
      const key = originKey(entry.origin);
      const known = ofSlot[key] ?? this.reachedBefore(entry) ?? 0;
      ofSlot[key] = Math.max(known, entry.origin.position);
    }
    return reached;
  }

  /** These are committed. */
  raise(reached: ReadonlyMap<string, Reached>): void {
    for (const [slot, ofSlot] of reached) {
      const known = this.slots.get(slot);
      for (const [key, position] of Object.entries(ofSlot)) known?.set(key, position);
    }
  }

  private reachedBefore(entry: KafkaEntry): number | undefined {
    return entry.origin && this.slots.get(slotKey(entry))?.get(originKey(entry.origin));
  }
}

export type Arrival = 'new' | 'repeat' | 'after a gap';

export class OriginDraft {
  private readonly reached = new Map<string, number>();

  constructor(private readonly before: (entry: KafkaEntry) => number | undefined) {}

  /** Positions of a log have no gaps: what is missing was lost on the way. */
  note(entry: KafkaEntry): Arrival {
    if (!entry.origin) return 'new';
    const key = `${slotKey(entry)} ${originKey(entry.origin)}`;
    const known = this.reached.get(key) ?? this.before(entry);
    const { position } = entry.origin;
    if (known !== undefined && position <= known) return 'repeat';
    this.reached.set(key, position);
    return known !== undefined && position > known + 1 ? 'after a gap' : 'new';
  }
}
