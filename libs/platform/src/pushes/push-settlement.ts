import { type Transaction } from '@voltledger/kernel';
import { type Database } from '../tokens';
import { type Delivery } from './push';
import { type Leased } from './push-leases';
import { type Outcome, outcomeOf } from './push-outcome';
import { lockObjects, pushTable } from './push-table';

/** Tries kept with a push. */
const HISTORY_MAX = 10;

const WITH_ATTEMPT = `(
  select jsonb_agg(kept.attempt order by kept.n) from (
    select attempt, n
    from jsonb_array_elements(history || jsonb_build_array(
      jsonb_build_object('at', to_char(clock_timestamp() at time zone 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) || $3::jsonb)) with ordinality as t (attempt, n)
    order by n desc limit ${HISTORY_MAX}) as kept)`;

/** Writes down what became of a push, if the lease is still ours. */
export class PushSettlement {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {
    this.table = pushTable(schema);
  }

  /**
   * The partner's last word. `then` runs in the same transaction, once for each push.
   *
   * @returns false when somebody else holds the push by now.
   */
  settle(
    { id, lease, objectKey }: Leased,
    delivery: Delivery,
    then: (tx: Transaction) => Promise<void>,
  ): Promise<boolean> {
    const refusal = delivery.outcome === 'refused' ? delivery : undefined;
    const reference = delivery.outcome === 'delivered' ? delivery.reference : undefined;
    return this.database.transaction(async (tx) => {
      // Before the row: whoever enqueues takes them in this order, too.
      await lockObjects(tx, this.schema, [objectKey]);
      const ours = await tx.query(
        `update ${this.table}
         set state = $4, history = ${WITH_ATTEMPT}, reference = $5, code = $6, detail = $7,
             leased_by = null, settled_at = clock_timestamp()
         where id = $1 and leased_by = $2 and state = 'pending' returning 1`,
        [
          id,
          lease,
          JSON.stringify(outcomeOf(delivery)),
          delivery.outcome,
          reference ?? null,
          refusal?.code ?? null,
          refusal?.detail ?? null,
        ],
      );
      if (ours.length > 0) await then(tx);
      return ours.length > 0;
    });
  }

  /**
   * Not now: again after `waitMs`, and what waits behind it for the same object not before. When a
   * newer push says the same better, not at all.
   */
  async postpone(push: Leased, outcome: Outcome, waitMs: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lockObjects(tx, this.schema, [push.objectKey]);
      const ours = await tx.query(
        `update ${this.table}
         set history = ${WITH_ATTEMPT}, leased_by = null,
             due_at = clock_timestamp() + $4 * interval '1 millisecond',
             state = case when superseded_by is null then 'pending' else 'superseded' end,
             settled_at = case when superseded_by is null then null else clock_timestamp() end
         where id = $1 and leased_by = $2 and state = 'pending' returning 1`,
        [push.id, push.lease, JSON.stringify(outcome), waitMs],
      );
      if (ours.length > 0) await this.holdBack(tx, push, waitMs);
    });
  }

  /** Given up by us before the partner could answer: does not count as a try. */
  async release({ id, lease }: Leased): Promise<void> {
    await this.database.query(
      `update ${this.table}
       set leased_by = null, due_at = clock_timestamp(), attempts = attempts - 1
       where id = $1 and leased_by = $2 and state = 'pending'`,
      [id, lease],
    );
  }

  /** The partner answers again: what waits for it is due, but for what is being worked on. */
  async wake(partner: string): Promise<void> {
    await this.database.query(
      `update ${this.table} set due_at = clock_timestamp() where id in (
         select id from ${this.table}
         where partner = $1 and state = 'pending' and leased_by is null and due_at > now()
         for update skip locked)`,
      [partner],
    );
  }

  /** Forgets pushes that were delivered or superseded long ago. @returns how many. */
  async forget(olderThanMs: number, limit: number): Promise<number> {
    const gone = await this.database.query(
      `delete from ${this.table} where id in (
         select id from ${this.table}
         where state in ('delivered', 'superseded', 'withdrawn')
           and settled_at < clock_timestamp() - $1 * interval '1 millisecond'
         limit $2 for update skip locked)
       returning 1`,
      [olderThanMs, limit],
    );
    return gone.length;
  }

  private async holdBack(tx: Transaction, push: Leased, waitMs: number): Promise<void> {
    await tx.query(
      `update ${this.table}
       set due_at = greatest(due_at, clock_timestamp() + $3 * interval '1 millisecond')
       where partner = $1 and object_key = $2 and state = 'pending' and leased_by is null`,
      [push.partner, push.objectKey, waitMs],
    );
  }
}
