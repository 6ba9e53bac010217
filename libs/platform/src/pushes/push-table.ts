import { type Transaction } from '@voltledger/kernel';
import { type Migration } from '../service';

/** `<schema>.pushes`. @throws RangeError when the text is no schema of ours: it becomes SQL. */
export function pushTable(schema: string): string {
  if (!/^[a-z][a-z_]{0,40}$/.test(schema)) throw new RangeError(`not a schema: ${schema}`);
  return `${schema}.pushes`;
}

/** One step for the migrations of the service whose schema it is, such as `roaming_ocpi`. */
export function pushMigration(schema: string): Migration {
  const table = pushTable(schema);
  return {
    name: `${schema.replaceAll('_', '-')}/pushes`,
    up: [
      `create table ${table} (
         id text primary key,
         seq bigint generated always as identity,
         partner text not null,
         object_key text not null,
         kind text not null,
         payload jsonb not null,
         supersedes boolean not null,
         correlation_id text not null,
         state text not null default 'pending'
           check (state in ('pending', 'delivered', 'refused', 'superseded', 'withdrawn')),
         enqueued_at timestamptz not null default clock_timestamp(),
         -- When to try next; while somebody delivers it, when to think that one dead.
         due_at timestamptz not null default clock_timestamp(),
         leased_by uuid,
         superseded_by text,
         attempts int not null default 0,
         history jsonb not null default '[]',
         reference text,
         code text,
         detail text,
         settled_at timestamptz
       )`,
      `create index pushes_due on ${table} (partner, due_at) where state = 'pending'`,
      `create index pushes_order on ${table} (partner, object_key, seq) where state = 'pending'`,
      `create index pushes_age on ${table} (enqueued_at) where state = 'pending'`,
      `create index pushes_by_object on ${table} (partner, object_key, kind, seq)`,
      `create index pushes_by_state on ${table} (state, seq)`,
      `create index pushes_settled on ${table} (settled_at) where state <> 'pending'`,
    ],
  };
}

/**
 * Whoever enqueues, delays or retries pushes of an object waits here for its turn, until the end
 * of its transaction: positions then become visible in order, and nobody deadlocks. By object, not
 * by partner and object: a transaction may carry 200 messages for dozens of partners each, and
 * PostgreSQL's room for locks is limited.
 */
export async function lockObjects(
  tx: Transaction,
  schema: string,
  objectKeys: readonly string[],
): Promise<void> {
  const names = objectKeys.map((objectKey) => JSON.stringify([schema, objectKey]));
  await tx.query(
    `with one_of_many as materialized (
       select pg_advisory_xact_lock_shared(hashtextextended($2, 0)))
     select pg_advisory_xact_lock(key) from one_of_many, (
       select distinct hashtextextended(name, 0) as key from unnest($1::text[]) as name
       order by 1 offset 0) as sorted`,
    [names, allObjects(schema)],
  );
}

/**
 * As if every object was locked, also those that are only being enqueued: waits until nobody has
 * one. One lock, where locking each would not fit into PostgreSQL's memory.
 */
export async function lockAllObjects(tx: Transaction, schema: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [allObjects(schema)]);
}

const allObjects = (schema: string): string => JSON.stringify([schema]);
