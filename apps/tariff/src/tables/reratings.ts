import { type PastSessions, type Revenue, type Tariff } from '@voltledger/contracts';
import { type Instant, type Revision, type Transaction } from '@voltledger/kernel';
import { type PassPosition } from './past-sessions';

export type ReratingStatus =
  'approved' | 'computed' | 'computing' | 'published' | 'rejected' | 'settled';

/** A re-rating as its stream tells it. */
export interface KeptRerating {
  readonly reratingId: string;
  readonly status: ReratingStatus;
  readonly tariff: Tariff;
  readonly contentHash: string;
  readonly sessions: PastSessions;
  /** Sessions when it was asked for. */
  readonly total: number;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedKey: string;
  readonly requestedAt: Instant;
  readonly computed?: {
    readonly rated: number;
    readonly changing: number;
    readonly revenue: { readonly was: Revenue; readonly becomes: Revenue };
  };
  readonly verdict?: { readonly by: string; readonly note: string; readonly at: Instant };
  readonly told?: { readonly published: number; readonly skipped: number };
  readonly answers?: { readonly reissued: number; readonly refused: number };
}

export interface ReratingRow {
  readonly rerating: KeptRerating;
  readonly revision: Revision;
  readonly done: number;
  readonly position?: PassPosition;
}

interface Columns {
  readonly revision: number;
  readonly rerating: KeptRerating;
  readonly done: number;
  readonly after_start: Instant | null;
  readonly after_session: string | null;
}

const rowOf = ({ rerating, revision, done, ...row }: Columns): ReratingRow => ({
  ...{ rerating, revision, done },
  ...(row.after_start !== null &&
    row.after_session !== null && {
      position: { afterStart: row.after_start, afterSession: row.after_session },
    }),
});

/** Safe to repeat, and in any order: an older revision changes nothing. */
export async function keepRerating(
  tx: Transaction,
  rerating: KeptRerating,
  revision: Revision,
): Promise<void> {
  await tx.query(
    `insert into tariff.reratings (rerating_id, revision, state, rerating, worked_at, created_at)
     values ($1, $2, $3, $4, $5, $5)
     on conflict (rerating_id) do update set revision = $2, state = $3, rerating = $4
     where tariff.reratings.revision < $2`,
    [...[rerating.reratingId, revision, rerating.status, rerating], rerating.requestedAt],
  );
}

/** The one that waited longest, locked; those another instance works on are left to it. */
export async function reratingToWorkOn(
  tx: Transaction,
  workedBefore: Instant,
): Promise<ReratingRow | undefined> {
  const [row] = await tx.query<Columns>(
    `select * from tariff.reratings
     where state in ('computing', 'approved') or (state = 'published' and worked_at <= $1)
     order by worked_at limit 1 for update skip locked`,
    [workedBefore],
  );
  return row && rowOf(row);
}

export async function keepReratingProgress(
  tx: Transaction,
  reratingId: string,
  { done, position }: Pick<ReratingRow, 'done' | 'position'>,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update tariff.reratings set done = $2, after_start = $3, after_session = $4, worked_at = $5
     where rerating_id = $1`,
    [reratingId, done, position?.afterStart ?? null, position?.afterSession ?? null, at],
  );
}

export async function reratingById(
  tx: Transaction,
  reratingId: string,
): Promise<ReratingRow | undefined> {
  const [row] = await tx.query<Columns>('select * from tariff.reratings where rerating_id = $1', [
    reratingId,
  ]);
  return row && rowOf(row);
}

/** The newest first. */
export async function listReratings(
  tx: Transaction,
  limit: number,
  after?: string,
): Promise<ReratingRow[]> {
  const rows = await tx.query<Columns>(
    `select * from tariff.reratings
     where $2::uuid is null or (created_at, rerating_id) < (
       select created_at, rerating_id from tariff.reratings where rerating_id = $2)
     order by created_at desc, rerating_id desc limit $1`,
    [limit, after ?? null],
  );
  return rows.map(rowOf);
}
