import { type Instant, parseInstant } from '@voltledger/kernel';
import { z } from 'zod';

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number);

const moment = z.string().transform((given, context): Instant => {
  // A client that leaves `+` unescaped means an offset; a query string makes it a blank.
  const parsed = parseInstant(given.replace(/ (\d{2}:?\d{2})$/, '+$1'));
  if (parsed) return parsed;
  context.addIssue({ code: 'custom', message: 'must be an RFC 3339 time' });
  return z.NEVER;
});

/** The four parameters of every list (OCPI-PAG-01). `date_from` is inclusive, `date_to` is not. */
export const pageQuery = z.object({
  date_from: moment.optional(),
  date_to: moment.optional(),
  offset: wholeNumber.default(0),
  limit: wholeNumber.refine((limit) => limit > 0, 'must be at least 1').optional(),
});

export type PageQuery = z.output<typeof pageQuery>;

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** What is asked for, within the server's maximum (OCPI-PAG-08). */
export const pageOf = ({ offset, limit }: PageQuery, max: number): Page => ({
  offset,
  limit: Math.min(limit ?? max, max),
});

/**
 * Headers of one page. `requested` is the absolute URL of the request; the next link repeats its
 * filters (OCPI-PAG-04 to 07).
 */
export function pageHeaders(
  requested: URL,
  { offset, limit }: Page,
  total: number,
  max: number,
): Record<string, string> {
  const headers = { 'X-Total-Count': String(total), 'X-Limit': String(max) };
  if (offset + limit >= total) return headers;
  const next = new URL(requested);
  next.searchParams.set('offset', String(offset + limit));
  next.searchParams.set('limit', String(limit));
  return { ...headers, Link: `<${next.href}>; rel="next"` };
}

/** The address of the next page in a `Link` header, where there is one. */
export const nextPage = (link: string | null | undefined): string | undefined =>
  /<([^>]+)>\s*;\s*rel="?next"?/i.exec(link ?? '')?.[1];
