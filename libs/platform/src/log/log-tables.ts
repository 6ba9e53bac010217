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
