import { DomainError, type Transaction } from '@voltledger/kernel';
import { type Database } from '../tokens';
import { type NewPush, type PushState } from './push';
import { lockAllObjects, lockObjects, pushTable } from './push-table';

/** More would hold more locks than PostgreSQL has room for. */
const PUSHES_MAX = 1_000;

/** Where projectors put what partners are to be told. */
export class PushQueue {
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {
    this.table = pushTable(schema);
  }

  /**
   * Part of the transaction: no fact without its pushes, no push without its fact. A push whose id
   * is known already is left as it is.
   *
   * @throws RangeError beyond 1,000 pushes: take several transactions.
   */
  async enqueue(tx: Transaction, pushes: readonly NewPush[]): Promise<void> {
    if (pushes.length === 0) return;
    if (pushes.length > PUSHES_MAX) throw new RangeError(`at most ${PUSHES_MAX} pushes at once`);
    await lockObjects(
      tx,
      this.schema,
      pushes.map(({ objectKey }) => objectKey),
    );
    const added = await tx.query<{ id: string }>(
      `insert into ${this.table}
         (id, partner, object_key, kind, payload, supersedes, correlation_id)
       select push->>'id', push->>'partner', push->>'objectKey', push->>'kind', push->'payload',
              coalesce((push->>'supersedes')::boolean, false), push->>'correlationId'
       from jsonb_array_elements($1::jsonb) with ordinality as given (push, n) order by n
       on conflict (id) do nothing
       returning id`,
      [JSON.stringify(pushes)],
    );
    if (pushes.some(({ supersedes }) => supersedes)) await this.supersede(tx, added);
  }

  /**
   * The partner is gone: nothing that waits for it is sent. To be the last thing in its transaction:
   * nothing is enqueued or settled until that ends.
   */
  async withdraw(tx: Transaction, partner: string, detail: string): Promise<void> {
    await lockAllObjects(tx, this.schema);
    await tx.query(
      `update ${this.table}
       set state = 'withdrawn', code = 'WITHDRAWN', detail = $2, settled_at = clock_timestamp()
       where partner = $1 and state = 'pending'`,
      [partner, detail],
    );
  }

  /**
   * Tries a push now: one that waits, or one that was refused. It goes behind what waits for its
   * object.
   *
   * @throws DomainError PUSH_NOT_FOUND, PUSH_NOT_REFUSED (there is nothing to try), PUSH_OUTDATED
   * (the partner was told something newer, or will be).
   */
  async retry(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const push = await this.locked(tx, id);
      if (push.state === 'pending') return this.dueNow(tx, id);
      if (push.state !== 'refused')
        throw new DomainError('PUSH_NOT_REFUSED', `The push is ${push.state}.`, { id });
      if (await this.isOutdated(tx, id))
        throw new DomainError('PUSH_OUTDATED', 'A newer push of this object exists.', { id });
      await tx.query(
        `update ${this.table}
         set state = 'pending', seq = default, enqueued_at = clock_timestamp(),
             due_at = clock_timestamp(), leased_by = null, attempts = 0, code = null, detail = null,
             settled_at = null
         where id = $1`,
        [id],
      );
    });
  }

  private async locked(tx: Transaction, id: string): Promise<{ state: PushState }> {
    const [known] = await tx.query<{ objectKey: string }>(
      `select object_key as "objectKey" from ${this.table} where id = $1`,
      [id],
    );
    if (known) await lockObjects(tx, this.schema, [known.objectKey]);
    const [push] = await tx.query<{ state: PushState }>(
      `select state from ${this.table} where id = $1 for update`,
      [id],
    );
    if (!push) throw new DomainError('PUSH_NOT_FOUND', 'There is no such push.', { id });
    return push;
  }

  private async dueNow(tx: Transaction, id: string): Promise<void> {
    await tx.query(
      `update ${this.table} set due_at = clock_timestamp() where id = $1 and leased_by is null`,
      [id],
    );
  }

  private async isOutdated(tx: Transaction, id: string): Promise<boolean> {
    const newer = await tx.query(
      `select from ${this.table} as push
         join ${this.table} as newer using (partner, object_key, kind)
       where push.id = $1 and newer.seq > push.seq and newer.state in ('pending', 'delivered')
       limit 1`,
      [id],
    );
    return newer.length > 0;
  }

  /** One that is on its way right now goes on; should it fail, it is not tried again. */
  private async supersede(tx: Transaction, added: readonly { id: string }[]): Promise<void> {
    const onItsWay = 'older.leased_by is not null and older.due_at > clock_timestamp()';
    await tx.query(
      `update ${this.table} as older
       set superseded_by = newer.id,
           state = case when ${onItsWay} then 'pending' else 'superseded' end,
           settled_at = case when ${onItsWay} then null else clock_timestamp() end
       from ${this.table} as newer
       where newer.id = any($1) and newer.supersedes
         and older.partner = newer.partner and older.object_key = newer.object_key
         and older.kind = newer.kind and older.seq < newer.seq and older.state = 'pending'`,
      [added.map(({ id }) => id)],
    );
  }
}
