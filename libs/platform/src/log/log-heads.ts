import { type Place, slotKey } from './partitions';

/** How far each slot is known to reach; tells those who wait for more. */
export class LogHeads {
  private readonly heads = new Map<string, Place>();
  private readonly listeners = new Set<(places: readonly Place[]) => void>();

  of(slot: Pick<Place, 'topic' | 'partition'>): number {
    return this.heads.get(slotKey(slot))?.position ?? 0;
  }

  /** All that is known. */
  places(): readonly Place[] {
    return [...this.heads.values()];
  }

  /** Only what is committed may be told. */
  raise(places: readonly Place[]): void {
    const higher = places.filter((place) => place.position > this.of(place));
    if (higher.length === 0) return;
    for (const place of higher) this.heads.set(slotKey(place), place);
    for (const listener of this.listeners) listener(higher);
  }

  onHigher(listener: (places: readonly Place[]) => void): void {
    this.listeners.add(listener);
  }

  off(listener: (places: readonly Place[]) => void): void {
    this.listeners.delete(listener);
  }
}
