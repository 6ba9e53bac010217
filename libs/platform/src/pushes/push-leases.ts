import { type Instant } from '@voltledger/kernel';
import { type Database } from '../tokens';
import { type Push } from './push';
import { type PushSettings } from './push-settings';
import { pushTable } from './push-table';

/** A push somebody is delivering. Only the holder of the lease may settle it. */
export interface Leased extends Push {
  readonly lease: string;
  /** Since it was enqueued. */
  readonly ageMs: number;
}

interface Row {
  readonly id: string;
  readonly partner: string;
  readonly object_key: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly correlation_id: string;
  readonly enqueued_at: Instant;
  readonly attempts: number;
  readonly leased_by: string;
  readonly age_ms: number;
}

/**
 * Of an object only the oldest push that was not answered may go. Asked for each row by itself:
 * joined, a planner with statistics from before a partner came reads all of its pushes.
 */
const IS_OLDEST = (table: string) => `push.seq = (
  select min(older.seq) from ${table} as older
  where older.partner = push.partner and older.object_key = push.object_key
    and older.state = 'pending')`;

/**
 * Takes pushes that are due. Each statement is a transaction of its own: nothing is locked while
 * the partner is spoken to. Times are the database's, so instances need not agree on theirs; they
 * are compared with `now()`, which an index can be searched by (`clock_timestamp()` cannot).
 */
export class PushLeases {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    schema: string,
    private readonly settings: Pick<PushSettings, 'leaseMs' | 'ageMsMax'>,
  ) {
    this.table = pushTable(schema);
  }

  /** Partners that something is due for, found by skipping along the index. */
  async partnersDue(): Promise<string[]> {
    const rows = await this.database.query<{ partner: string }>(
      `with recursive partners (partner) as (
         select min(partner) from ${this.table} where state = 'pending'
         union all
         select (select min(partner) from ${this.table}
                 where state = 'pending' and partner > known.partner)
         from partners as known where known.partner is not null)
       select partner from partners
       where (select min(due_at) from ${this.table} as push
              where push.partner = partners.partner and state = 'pending') <= now()`,
    );
    return rows.map(({ partner }) => partner);
  }

  async take(partner: string, limit: number): Promise<Leased[]> {
    return this.lease(`push.partner = $3 and push.due_at <= now()`, limit, partner);
  }

  /** Pushes older than they may get, of whatever partner, whether due or not. */
  async takeExpired(limit: number): Promise<Leased[]> {
    return this.lease(
      `push.enqueued_at < now() - $3 * interval '1 millisecond'
       and (push.leased_by is null or push.due_at <= now())`,
      limit,
      this.settings.ageMsMax,
    );
  }

  /**
   * Their deliveries are still under way. One that is being settled right now needs no more time,
   * and nobody waits for it here.
   */
  async renew(held: readonly Pick<Leased, 'id' | 'lease'>[]): Promise<void> {
    await this.database.query(
      `update ${this.table} set due_at = clock_timestamp() + $2 * interval '1 millisecond'
       where id in (
         select id from ${this.table}
         where id = any($1) and leased_by = any($3::uuid[]) and state = 'pending'
         for update skip locked)`,
      [held.map(({ id }) => id), this.settings.leaseMs, held.map(({ lease }) => lease)],
    );
  }

  private async lease(which: string, limit: number, parameter: unknown): Promise<Leased[]> {
    const rows = await this.database.query<Row>(
      `with due as (
         select push.id from ${this.table} as push
         where push.state = 'pending' and ${which} and ${IS_OLDEST(this.table)}
         order by push.due_at, push.seq limit $1 for update of push skip locked)
       update ${this.table} as push
       set leased_by = gen_random_uuid(), attempts = attempts + 1,
           due_at = clock_timestamp() + $2 * interval '1 millisecond'
       from due where push.id = due.id
       returning push.*,
         floor(extract(epoch from clock_timestamp() - enqueued_at) * 1000)::bigint as age_ms`,
      [limit, this.settings.leaseMs, parameter],
    );
    return rows.map(leased);
  }
}

const leased = (row: Row): Leased => ({
  id: row.id,
  partner: row.partner,
  objectKey: row.object_key,
  kind: row.kind,
  payload: row.payload,
  correlationId: row.correlation_id,
  enqueuedAt: row.enqueued_at,
  attempt: row.attempts,
  lease: row.leased_by,
  ageMs: row.age_ms,
});
