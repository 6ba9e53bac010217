import { type Instant } from '@voltledger/kernel';
import { type Page } from '@voltledger/ocpi';

/** What a partner asks a list for. `from` is inclusive, `to` is not (OCPI-PAG-02). */
export interface ListFilter {
  readonly page: Page;
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** Only objects of this party of ours (OCPI-RTG-19). */
  readonly party?: { readonly countryCode: string; readonly partyId: string } | undefined;
}

export interface Listed<Item> {
  readonly items: readonly Item[];
  /** Of all that match and that the partner may see, whatever the page (OCPI-PAG-04). */
  readonly total: number;
}

/** Parameters $1 to $4 of `FILTERED`, then limit and offset. */
export const filterParameters = ({ from, to, party, page }: ListFilter): readonly unknown[] => [
  from ?? null,
  to ?? null,
  party?.countryCode ?? null,
  party?.partyId ?? null,
  page.limit,
  page.offset,
];

export const filteredBy = (updatedAt: string): string => `
  ($1::timestamptz is null or ${updatedAt} >= $1)
  and ($2::timestamptz is null or ${updatedAt} < $2)
  and ($3::text is null or upper(country_code) = upper($3))
  and ($4::text is null or upper(party_id) = upper($4))`;

/** Counts before it cuts the page; a page beyond the end still tells the total. */
export const pageOf = (matching: string, order: string): string => `
  with matching as (${matching}),
       page as (select * from matching order by ${order} limit $5 offset $6)
  select (select count(*) from matching) as total,
         (select coalesce(jsonb_agg(state order by ${order}), '[]') from page) as items`;
