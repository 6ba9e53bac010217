/** The SQLSTATE of steps that were not ours to make. */
export const NO_LONGER_OURS = 'VL001';

/**
 * The tables that readers of a log need, beside those of the log itself.
 *
 * A member that reads a slot is written down as its owner. It moves the offset only while it still
 * is, in the same transaction as what it made of the entries: what a member does that was taken for
 * dead is undone.
 */
export const logTables = (schema: string): string[] => [
  `create table ${schema}.offsets (
     reader text collate "C" not null,
     topic text collate "C" not null,
     partition smallint not null,
     position bigint not null,
     owner uuid,
     -- Of a reader that began at the end: forgotten when it leaves.
     passing boolean not null,
     primary key (reader, topic, partition)
   ) with (fillfactor = 50)`,
  `create table ${schema}.members (
     reader text collate "C" not null,
     member uuid not null,
     -- The member's listening connection: when it is gone, so is the member.
     backend integer not null,
     seen_at timestamptz not null,
     primary key (reader, member)
   ) with (fillfactor = 50)`,
];

/** A later step of the same tables. */
export const keepSteps = (schema: string): string[] => [
  // Writes down steps, and fails, and the transaction with it, unless all of them are ours.
  `create function ${schema}.keep_steps(
     member uuid, readers text[], topics text[], partitions smallint[], stood bigint[],
     reached bigint[])
   returns void language plpgsql as $$
   declare
     kept int;
   begin
     update ${schema}.offsets o set position = t.reached
       from unnest(readers, topics, partitions, stood, reached)
         as t (reader, topic, partition, stood, reached)
      where o.owner = member and o.position = t.stood and o.reader = t.reader
        and o.topic = t.topic and o.partition = t.partition;
     get diagnostics kept = row_count;
     if kept < cardinality(readers) then
       raise exception 'these slots are read by another member' using errcode = '${NO_LONGER_OURS}';
     end if;
   end $$`,
];
