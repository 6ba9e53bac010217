import { z } from 'zod';

/** The `?limit&after` of every list. */
export const pageQuery = z.object({
  /** At most this many items. */
  limit: z.coerce.number().int().min(1).max(500).default(100),
  /** The `next` of the page before. */
  after: z.string().min(1).max(512).optional(),
});
export type PageQuery = z.output<typeof pageQuery>;

/** A list's answer; `next`, when there is more, is the `after` of the following page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** Schema of a `Page`. */
export const pageOf = <Schema extends z.ZodType>(item: Schema) =>
  z.object({
    items: z.array(item),
    next: z.string().optional().describe('`after` of the next page; absent on the last.'),
  });

/**
 * Makes a page of rows read with `limit + 1`: the row too many tells that there is more.
 * `cursorOf` gives what the query compares `after` with.
 */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(itemOf);
  return rows.length > limit && last !== undefined ? { items, next: cursorOf(last) } : { items };
}
