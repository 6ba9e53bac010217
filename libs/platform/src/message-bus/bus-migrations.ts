import { keepSteps, logTables } from '../log';
import { type Migration } from '../service';

export const BUS_SCHEMA = 'bus';

const MESSAGES = `create table bus.messages (
  topic text collate "C" not null,
  partition smallint not null,
  position bigint not null,
  key text not null,
  id text not null,
  type text not null,
  schema_version integer not null,
  -- Not jsonb: what was published arrives letter by letter, and costs less to write.
  data json not null,
  causation_id text not null,
  correlation_id text not null,
  tenant text not null,
  region text not null,
  recorded_at timestamptz not null,
  revision integer,
  published_at timestamptz not null default clock_timestamp(),
  primary key (topic, partition, position)
)`;

const PARKED = `create table bus.parked (
  parked_id bigint generated always as identity primary key,
  group_name text not null,
  reason text not null,
  message json not null,
  parked_at timestamptz not null default clock_timestamp()
)`;

/**
 * Appends messages and tells how far their slots reach now. The lock of a partition is held from
 * before its last position is read until the commit, so positions have no gaps and appear in their
 * order. Callers publish last in their transaction: locks are held shortly, always in ascending
 * order, and nothing that may wait comes after them.
 */
const PUBLISH = `create function bus.publish(partitions int[], messages json)
returns table (topic text, partition smallint, "position" bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  locked int;
begin
  foreach locked in array partitions loop
    perform pg_advisory_xact_lock(7102, locked);
  end loop;
  return query
  with incoming as materialized (
    select m.* from rows from (json_to_recordset(messages) as (
      topic text, partition smallint, key text, id text, type text, "schemaVersion" integer,
      data text, "causationId" text, "correlationId" text, tenant text, region text,
      "recordedAt" timestamptz, revision integer
    )) with ordinality as m (topic, partition, key, id, type, schema_version, data, causation_id,
      correlation_id, tenant, region, recorded_at, revision, nth)
  ), slots as materialized (
    select s.topic, s.partition, coalesce((
        select p.position from bus.messages p
         where p.topic = s.topic and p.partition = s.partition order by p.position desc limit 1
      ), 0) as reached, s.added
      from (select i.topic, i.partition, count(*) as added from incoming i group by 1, 2) s
  ), written as (
    insert into bus.messages (topic, partition, position, key, id, type, schema_version, data,
      causation_id, correlation_id, tenant, region, recorded_at, revision)
    select i.topic, i.partition,
           s.reached + row_number() over (partition by i.topic, i.partition order by i.nth),
           i.key, i.id, i.type, i.schema_version, i.data::json, i.causation_id, i.correlation_id,
           i.tenant, i.region, i.recorded_at, i.revision
      from incoming i join slots s on s.topic = i.topic and s.partition = i.partition
     order by i.nth
  )
  select s.topic, s.partition, s.reached + s.added from slots s;
end $$`;

/** Names this database's log to readers of Kafka, together with what PostgreSQL knows of itself. */
const INSTALLATION = `create table bus.installation as select gen_random_uuid() as installation`;

/**
 * How far a group has come in Kafka. `origins`: up to which position it has what was forwarded from
 * each partition of each log, as `<source>/<partition>`: what is forwarded again is known by it.
 */
const KAFKA_POSITIONS = `create table bus.kafka_positions (
  cluster text collate "C" not null,
  reader text collate "C" not null,
  topic text collate "C" not null,
  partition integer not null,
  position bigint not null,
  origins jsonb not null,
  -- Of a reader that began at the end: forgotten when it leaves.
  passing boolean not null,
  primary key (cluster, reader, topic, partition)
) with (fillfactor = 50)`;

export const busMigrations: readonly Migration[] = [
  { name: 'bus/001-messages', up: [MESSAGES, PARKED, ...logTables(BUS_SCHEMA), PUBLISH] },
  { name: 'bus/002-kafka', up: [INSTALLATION, KAFKA_POSITIONS] },
  { name: 'bus/003-keep-steps', up: keepSteps(BUS_SCHEMA) },
];
