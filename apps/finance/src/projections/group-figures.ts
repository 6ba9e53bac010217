import { type Currency, type Instant, type Transaction } from '@voltledger/kernel';

/** Why a CDR does not count; what each means stands with the view `finance.judged_cdrs`. */
export const DOUBTS = ['billed-twice', 'not-at-home', 'credits-doubted'] as const;
export type Doubt = (typeof DOUBTS)[number];

/** How much of a region's chain has arrived, and whether it holds. */
export interface CellFigures {
  readonly region: string;
  readonly cdrs: number;
  readonly lastSequence: number;
  /** Links that have not arrived yet, of those up to the last. */
  readonly missing: number;
  readonly broken: number;
  readonly doubted: number;
  readonly lastIssuedAt: Instant;
}

export const cellFigures = (tx: Transaction): Promise<CellFigures[]> =>
  tx.query<CellFigures>(
    `select region, count(*)::int as cdrs, max(sequence)::int as "lastSequence",
       (max(sequence) - count(*))::int as missing,
       count(*) filter (where link = 'broken')::int as broken,
       count(*) filter (where doubt is not null)::int as doubted,
       max(issued_at) as "lastIssuedAt"
     from finance.judged_cdrs group by region order by region`,
  );

/** What counts, by region and currency; credits are negative. */
export interface Turnover {
  readonly region: string;
  readonly currency: Currency;
  readonly cdrs: number;
  readonly beforeTaxesMicros: number;
  readonly afterTaxesMicros: number;
}

/** Of what was issued from `from` (inclusive) to `to` (exclusive). */
export const turnover = (
  tx: Transaction,
  { from, to }: { readonly from?: Instant | undefined; readonly to?: Instant | undefined },
): Promise<Turnover[]> =>
  tx.query<Turnover>(
    `select region, currency, count(*)::int as cdrs,
       sum(before_taxes_micros)::bigint as "beforeTaxesMicros",
       sum(after_taxes_micros)::bigint as "afterTaxesMicros"
     from finance.judged_cdrs
     where doubt is null and ($1::timestamptz is null or issued_at >= $1)
       and ($2::timestamptz is null or issued_at < $2)
     group by region, currency order by currency, region`,
    [from, to],
  );

export interface GroupCdr {
  readonly region: string;
  readonly cdrId: string;
  readonly sessionId: string;
  readonly evseUid: string;
  readonly kind: 'issued' | 'credit';
  readonly credits: string | null;
  readonly currency: Currency;
  readonly afterTaxesMicros: number;
  readonly issuedAt: Instant;
  readonly doubt: Doubt | null;
}

export interface GroupCdrPosition {
  readonly issuedAt: Instant;
  readonly region: string;
  readonly cdrId: string;
}

/** By issue date, behind `after`. */
export const groupCdrs = (
  tx: Transaction,
  { region, doubted }: { readonly region?: string | undefined; readonly doubted?: boolean },
  limit: number,
  after?: GroupCdrPosition,
): Promise<GroupCdr[]> =>
  tx.query<GroupCdr>(
    `select region, cdr_id as "cdrId", session_id as "sessionId", evse_uid as "evseUid", kind,
       credits, currency, after_taxes_micros as "afterTaxesMicros", issued_at as "issuedAt", doubt
     from finance.judged_cdrs
     where ($1::text is null or region = $1) and (not $2::boolean or doubt is not null)
       and ($3::timestamptz is null or (issued_at, region, cdr_id) > ($3, $4, $5))
     order by issued_at, region, cdr_id limit $6`,
    [region, doubted ?? false, after?.issuedAt, after?.region, after?.cdrId, limit],
  );
