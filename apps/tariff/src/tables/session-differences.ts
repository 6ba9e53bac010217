import { type Price } from '@voltledger/contracts';
import { type Instant, type SessionId, type Transaction } from '@voltledger/kernel';

/** Of a re-rating: to be told, told, and what came of it. */
export type DifferenceProgress = 'due' | 'published' | 'refused' | 'reissued' | 'skipped';

/** What a simulation or a re-rating makes of one session. */
export interface DifferenceRow {
  readonly sessionId: SessionId;
  readonly startedAt: Instant;
  readonly outcome: string;
  readonly throughRevision: number;
  readonly maxPower?: number | undefined;
  readonly was?: Price | undefined;
  readonly becomes?: Price | undefined;
  readonly progress?: DifferenceProgress | undefined;
}

/** Safe to repeat: what is there stays. */
export async function keepDifferences(
  tx: Transaction,
  workId: string,
  rows: readonly DifferenceRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into tariff.session_differences (work_id, session_id, outcome, through_revision,
       started_at, max_power, was_before_taxes, was_after_taxes, becomes_before_taxes,
       becomes_after_taxes, weight, progress)
     select $1, * from jsonb_to_recordset($2::jsonb) as given(session_id uuid, outcome text,
       through_revision bigint, started_at timestamptz, max_power int, was_before_taxes bigint,
       was_after_taxes bigint, becomes_before_taxes bigint, becomes_after_taxes bigint,
       weight bigint, progress text)
     on conflict do nothing`,
    [workId, JSON.stringify(rows.map(columnsOf))],
  );
}

const columnsOf = ({ was, becomes, ...row }: DifferenceRow) => ({
  session_id: row.sessionId,
  outcome: row.outcome,
  through_revision: row.throughRevision,
  started_at: row.startedAt,
  max_power: row.maxPower,
  was_before_taxes: was?.beforeTaxes.micros,
  was_after_taxes: was?.afterTaxes?.micros,
  becomes_before_taxes: becomes?.beforeTaxes.micros,
  becomes_after_taxes: becomes?.afterTaxes?.micros,
  weight: Math.max(Math.abs(netChange(was, becomes)), Math.abs(grossChange(was, becomes))),
  progress: row.progress,
});

const netChange = (was?: Price, becomes?: Price): number =>
  becomes ? becomes.beforeTaxes.micros - (was?.beforeTaxes.micros ?? 0) : 0;

const grossOf = (price?: Price): number =>
  price?.afterTaxes?.micros ?? price?.beforeTaxes.micros ?? 0;

const grossChange = (was?: Price, becomes?: Price): number =>
  becomes ? grossOf(becomes) - grossOf(was) : 0;

/** A difference as it is shown: amounts in millionths of the tariff's currency. */
export interface ShownDifference {
  readonly sessionId: SessionId;
  readonly startedAt: Instant;
  readonly outcome: string;
  readonly was: { readonly beforeTaxes: number; readonly afterTaxes: number | null } | null;
  readonly becomes: { readonly beforeTaxes: number; readonly afterTaxes: number | null } | null;
  readonly progress: string | null;
  readonly answer: object | null;
}

const SHOWN = `session_id as "sessionId", started_at as "startedAt", outcome, progress, answer,
  case when was_before_taxes is not null then jsonb_build_object(
    'beforeTaxes', was_before_taxes, 'afterTaxes', was_after_taxes) end as was,
  case when becomes_before_taxes is not null then jsonb_build_object(
    'beforeTaxes', becomes_before_taxes, 'afterTaxes', becomes_after_taxes) end as becomes`;

/** Those that change most first, from behind `after` on. */
export function listDifferences(
  tx: Transaction,
  workId: string,
  { limit, after, progress }: { limit: number; after?: string; progress?: string },
): Promise<ShownDifference[]> {
  return tx.query<ShownDifference>(
    `select ${SHOWN} from tariff.session_differences d
     where work_id = $1 and ($2::text is null or progress = $2)
       and ($3::uuid is null or (-weight, session_id) > (
         select -weight, session_id from tariff.session_differences
         where work_id = $1 and session_id = $3))
     order by weight desc, session_id limit $4`,
    [workId, progress ?? null, after ?? null, limit],
  );
}

export async function dropDifferences(tx: Transaction, workId: string): Promise<void> {
  await tx.query('delete from tariff.session_differences where work_id = $1', [workId]);
}
