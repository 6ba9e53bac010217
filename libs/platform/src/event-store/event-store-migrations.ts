import { keepSteps, logTables } from '../log';
import { type Migration } from '../service';

export const EVENT_STORE_SCHEMA = 'event_store';

const EVENTS = `create table event_store.events (
  topic text collate "C" not null,
  partition smallint not null,
  position bigint not null,
  stream text collate "C" not null,
  revision integer not null,
  id uuid not null,
  type text not null,
  -- Not jsonb: what was written comes back letter by letter, and costs less to write.
  data json not null,
  schema_version integer not null,
  causation_id text not null,
  correlation_id text not null,
  tenant text not null,
  region text not null,
  recorded_at timestamptz not null,
  primary key (stream, revision),
  unique (topic, partition, position)
)`;

/** Finds out whether a stream has answered a cause before. A hash: the texts are long. */
const BY_CAUSE = `create index events_by_cause on event_store.events
  (hashtextextended(stream || ' ' || causation_id, 0))`;

const SNAPSHOTS = `create table event_store.snapshots (
  stream text collate "C" primary key,
  revision integer not null,
  state_version integer not null,
  state json not null
)`;

/**
 * Appends to several streams in one transaction: each append is done, found done, or in conflict,
 * by itself. The lock of a partition is held from before its last position is read until the
 * commit, so positions have no gaps and appear in their order: a reader that has seen 7 will never
 * meet a new 6. Partitions are locked in ascending order, and nothing is done after that may wait.
 *
 * \`outcome\`: 'appended', 'repeated' or 'conflict'. \`revision\`: of the stream, then and there.
 */
const APPEND = `create function event_store.append(partitions int[], appends json)
returns table (outcome text, revision integer, topic text, partition smallint, "position" bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  locked int;
  one record;
  answered integer;
  reached integer;
  last_position bigint;
begin
  foreach locked in array partitions loop
    perform pg_advisory_xact_lock(7101, locked);
  end loop;
  for one in
    select a.* from rows from (json_to_recordset(appends) as (
      stream text, topic text, partition smallint, expected integer, schema_version integer,
      causation_id text, correlation_id text, tenant text, region text, recorded_at timestamptz,
      events json
    )) with ordinality as a (
      stream, topic, partition, expected, schema_version, causation_id, correlation_id, tenant,
      region, recorded_at, events, nth
    ) order by a.nth
  loop
    select max(e.revision) into answered from event_store.events e
     where hashtextextended(e.stream || ' ' || e.causation_id, 0)
             = hashtextextended(one.stream || ' ' || one.causation_id, 0)
       and e.stream = one.stream and e.causation_id = one.causation_id;
    if answered is not null then
      return query select 'repeated', answered, null::text, null::smallint, null::bigint;
      continue;
    end if;
    select coalesce(max(e.revision), 0) into reached from event_store.events e
     where e.stream = one.stream;
    if reached <> one.expected then
      return query select 'conflict', reached, null::text, null::smallint, null::bigint;
      continue;
    end if;
    select coalesce(max(e.position), 0) into last_position from event_store.events e
     where e.topic = one.topic and e.partition = one.partition;
    insert into event_store.events (topic, partition, position, stream, revision, id, type, data,
      schema_version, causation_id, correlation_id, tenant, region, recorded_at)
    select one.topic, one.partition, last_position + n.nth, one.stream, reached + n.nth, n.id,
           n.type, n.data::json, one.schema_version, one.causation_id, one.correlation_id,
           one.tenant, one.region, one.recorded_at
      from rows from (json_to_recordset(one.events) as (id uuid, type text, data text))
        with ordinality as n (id, type, data, nth);
    get diagnostics locked = row_count;
    return query
      select 'appended', reached + locked, one.topic, one.partition, last_position + locked;
  end loop;
end $$`;

/**
 * How far each reader has come in a KurrentDB, and which process reads for it. Positions in one
 * installation mean nothing in another. A lease, by the database's clock: whoever holds it reads.
 */
const KURRENT_READERS = `create table event_store.kurrent_readers (
  installation text not null,
  reader text collate "C" not null,
  commit_position bigint not null,
  prepare_position bigint not null,
  owner uuid,
  leased_until timestamptz not null,
  primary key (installation, reader)
) with (fillfactor = 50)`;

export const eventStoreMigrations: readonly Migration[] = [
  {
    name: 'event-store/001-events',
    up: [EVENTS, BY_CAUSE, SNAPSHOTS, ...logTables(EVENT_STORE_SCHEMA), APPEND],
  },
  { name: 'event-store/002-keep-steps', up: keepSteps(EVENT_STORE_SCHEMA) },
  { name: 'event-store/003-kurrent-readers', up: [KURRENT_READERS] },
];
