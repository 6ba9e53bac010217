/** Fixed for good: a stream or key must stay in its partition for as long as the log lives. */
export const PARTITIONS = 64;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Where a stream or key lives: FNV-1a, stable across platforms and versions of everything. */
export function partitionOf(key: string): number {
  let hash = FNV_OFFSET;
  for (const byte of Buffer.from(key, 'utf8')) hash = Math.imul(hash ^ byte, FNV_PRIME);
  // The low bits of FNV are its weakest.
  return (hash ^ (hash >>> 15)) & (PARTITIONS - 1);
}

/** One partition of one topic: entries in it are numbered from 1, without gaps. */
export interface Slot {
  readonly topic: string;
  readonly partition: number;
}

/** A place in a slot. */
export interface Place extends Slot {
  readonly position: number;
}

export const slotKey = ({ topic, partition }: Slot): string => `${topic}/${partition}`;
