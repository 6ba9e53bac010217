import { type Migration } from '../service';

/** The bus's own schema: `bus`. */
export const busMigrations: readonly Migration[] = [
  {
    name: 'bus/001-log',
    up: [
      `create table bus.heads (
         topic text not null,
         partition smallint not null,
         last bigint not null,
         primary key (topic, partition)
       ) with (fillfactor = 50)`,
      `create table bus.messages (
         topic text not null,
         partition smallint not null,
         position bigint not null,
         key text not null,
         id text not null,
         type text not null,
         schema_version int not null,
         data jsonb not null,
         causation_id text not null,
         correlation_id text not null,
         tenant text not null,
         region text not null,
         recorded_at timestamptz not null,
         revision int,
         published_at timestamptz not null default clock_timestamp(),
         primary key (topic, partition, position)
       )`,
      // Positions are gap-free and become visible in order: the head's row stays locked to the
      // commit. Partitions are taken in ascending order, so that two writers cannot deadlock.
      `create function bus.append(messages jsonb) returns void language plpgsql as $$
       declare part record; base bigint;
       begin
         for part in
           select m->>'topic' as topic, (m->>'partition')::smallint as partition, count(*) as n
             from jsonb_array_elements(messages) m group by 1, 2 order by 1, 2
         loop
           insert into bus.heads as head values (part.topic, part.partition, part.n)
             on conflict (topic, partition) do update set last = head.last + excluded.last
             returning last - part.n into base;
           insert into bus.messages (topic, partition, position, key, id, type, schema_version,
               data, causation_id, correlation_id, tenant, region, recorded_at, revision)
             select part.topic, part.partition, base + row_number() over (order by o),
               m->>'key', m->>'id', m->>'type', (m->>'schemaVersion')::int, m->'data',
               m->>'causationId', m->>'correlationId', m->>'tenant', m->>'region',
               (m->>'recordedAt')::timestamptz, (m->>'revision')::int
             from jsonb_array_elements(messages) with ordinality e(m, o)
             where m->>'topic' = part.topic and (m->>'partition')::smallint = part.partition;
         end loop;
       end $$`,
    ],
  },
  {
    name: 'bus/002-groups',
    up: [
      `create table bus.offsets (
         group_name text not null,
         topic text not null,
         partition smallint not null,
         position bigint not null,
         owner uuid,
         lease_until timestamptz,
         ephemeral boolean not null,
         primary key (group_name, topic, partition)
       ) with (fillfactor = 50)`,
      `create index offsets_by_owner on bus.offsets (owner)`,
      `create table bus.members (
         group_name text not null,
         member uuid not null,
         seen_until timestamptz not null,
         primary key (group_name, member)
       )`,
      `create table bus.parked (
         parked_id bigint generated always as identity primary key,
         group_name text not null,
         reason text not null,
         message jsonb not null,
         parked_at timestamptz not null default clock_timestamp()
       )`,
    ],
  },
];
