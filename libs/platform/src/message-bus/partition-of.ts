/** Partitions of every topic. Fixed: another number would put keys elsewhere and break their order. */
export const BUS_PARTITIONS = 16;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 code units. */
export function partitionOf(key: string, partitions: number = BUS_PARTITIONS): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < key.length; index += 1)
    hash = Math.imul(hash ^ key.charCodeAt(index), FNV_PRIME);
  return (hash >>> 0) % partitions;
}
