import { type Revenue } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';

const BUCKETS = 20;
const QUANTILES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];
/** In these an amount before and one after can be compared. */
const COMPARED = `outcome in ('changed', 'first-price', 'same')`;
const CHANGE = 'becomes_before_taxes - coalesce(was_before_taxes, 0)';

/** What all differences of one piece of work come to. Amounts in millionths, before taxes. */
export interface DifferenceSummary {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly revenue: { readonly was: Revenue; readonly becomes: Revenue };
  /** Change per session: of all that were compared, this share changes by at most so much. */
  readonly quantiles: readonly { readonly share: number; readonly change: number }[];
  /** From `from` (inclusive) on, each as wide as the next. */
  readonly histogram: readonly { readonly from: number; readonly sessions: number }[];
  /** Sessions it is for, at connectors of 50 kW and more. */
  readonly highPowerSessions: number;
}

export async function differenceSummary(
  tx: Transaction,
  workId: string,
): Promise<DifferenceSummary> {
  const outcomes = await tx.query<{ outcome: string; sessions: number }>(
    `select outcome, count(*)::int as sessions from tariff.session_differences
     where work_id = $1 group by outcome order by outcome`,
    [workId],
  );
  return {
    outcomes: Object.fromEntries(outcomes.map(({ outcome, sessions }) => [outcome, sessions])),
    ...(await totalsOf(tx, workId)),
    histogram: await histogramOf(tx, workId),
  };
}

type Amounts = Readonly<
  Record<'became_after' | 'became_before' | 'was_after' | 'was_before', number>
>;
interface Totals extends Amounts {
  readonly quantiles: (number | string)[] | null;
  readonly high_power: number;
}

async function totalsOf(tx: Transaction, workId: string) {
  const rows = await tx.query<Totals>(
    `select coalesce(sum(was_before_taxes), 0)::bigint as was_before,
       coalesce(sum(coalesce(was_after_taxes, was_before_taxes)), 0)::bigint as was_after,
       coalesce(sum(becomes_before_taxes), 0)::bigint as became_before,
       coalesce(sum(coalesce(becomes_after_taxes, becomes_before_taxes)), 0)::bigint as became_after,
       to_jsonb(percentile_disc($2::float8[]) within group (order by ${CHANGE})) as quantiles,
       count(*) filter (where max_power >= 50000)::int as high_power
     from tariff.session_differences where work_id = $1 and ${COMPARED}`,
    [workId, QUANTILES],
  );
  const totals = rows.map((row) => ({
    revenue: {
      was: { beforeTaxes: row.was_before, afterTaxes: row.was_after },
      becomes: { beforeTaxes: row.became_before, afterTaxes: row.became_after },
    },
    quantiles: quantilesOf(row.quantiles ?? []),
    highPowerSessions: row.high_power,
  }));
  const [found] = totals;
  if (!found) throw new Error('an aggregate without groups has one row');
  return found;
}

/** Without any session there are none: PostgreSQL then gives nothing for each share. */
const quantilesOf = (changes: readonly (number | string | null)[]) =>
  changes.flatMap((change, index) =>
    change === null ? [] : [{ share: QUANTILES[index] ?? 0, change: Number(change) }],
  );

interface Bucket {
  readonly bucket: number;
  readonly sessions: number;
  readonly least: number;
  readonly width: number;
}

async function histogramOf(tx: Transaction, workId: string) {
  const rows = await tx.query<Bucket>(
    `with changes as (
       select ${CHANGE} as change from tariff.session_differences
       where work_id = $1 and ${COMPARED}
     ), edges as (
       select min(change) as least,
         greatest(1, ceil((max(change) - min(change) + 1) / $2::numeric))::bigint as width
       from changes
     )
     select ((change - least) / width)::int as bucket, count(*)::int as sessions, least, width
     from changes, edges group by 1, 3, 4 order by 1`,
    [workId, BUCKETS],
  );
  return rows.map(({ bucket, sessions, least, width }) => ({
    ...{ from: least + bucket * width, sessions },
  }));
}

/** How many differences of a re-rating stand where. */
export async function progressCounts(
  tx: Transaction,
  workId: string,
): Promise<Readonly<Record<string, number>>> {
  const rows = await tx.query<{ progress: string; sessions: number }>(
    `select progress, count(*)::int as sessions from tariff.session_differences
     where work_id = $1 and progress is not null group by progress order by progress`,
    [workId],
  );
  return Object.fromEntries(rows.map(({ progress, sessions }) => [progress, sessions]));
}
