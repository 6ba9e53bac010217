import { type Wire, type PageQuery, pageHeaders, pageOf, pageQuery } from '@voltledger/ocpi';
import { z } from 'zod';
import { type ListFilter, type Listed } from '../projections/list-filter';
import { type OcpiAnswer, invalid, ok } from './ocpi-answer';
import { type ModuleCall } from './ocpi-request';

export interface AskedPage {
  readonly query: PageQuery;
  readonly filter: ListFilter;
  readonly max: number;
}

/** @throws OcpiRefusal 2001 naming the parameter and the rule (OCPI-ENV-10, OCPI-PAG-11) */
export function askedPage({ request, route }: ModuleCall, max: number): AskedPage {
  const parsed = pageQuery.safeParse(Object.fromEntries(request.url.searchParams));
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  const query = parsed.data;
  const filter = {
    ...{ page: pageOf(query, max), party: route.to },
    ...{ from: query.date_from, to: query.date_to },
  };
  return { query, filter, max };
}

/** A page in the partner's version. What that version has no words for is left out. */
export function listAnswer<Item>(
  { request }: ModuleCall,
  { filter, max }: AskedPage,
  { items, total }: Listed<Item>,
  write: (item: Item) => Wire | undefined,
): OcpiAnswer {
  const data = items.flatMap((item): readonly Wire[] => {
    const wire = write(item);
    return wire ? [wire] : [];
  });
  return ok(data, pageHeaders(request.url, filter.page, total, max));
}
