import { type Connections } from '../database';
import { type LogSource } from './log-source';
import { PARTITIONS, type Place } from './partitions';

/** Reads the table of a log, which is unique by topic, partition and position. */
export const tableSource = <Entry extends Place>(
  connections: Connections,
  table: string,
  columns = '*',
): LogSource<Entry> => ({
  fetch: (behind, each) =>
    connections.prepared<Entry>(
      `${table}.fetch`,
      `select e.* from unnest($1::text[], $2::smallint[], $3::bigint[]) with ordinality
           as stood (topic, partition, position, nth)
         cross join lateral (
           select ${columns} from ${table} t
            where t.topic = stood.topic and t.partition = stood.partition
              and t.position > stood.position
            order by t.position limit $4
         ) e
        order by stood.nth, e.position`,
      [
        behind.map(({ topic }) => topic),
        behind.map(({ partition }) => partition),
        behind.map(({ position }) => position),
        each,
      ],
    ),
  heads: async (topics) =>
    connections.prepared<Place>(
      `${table}.heads`,
      `select t.topic, p.partition, last.position
         from unnest($1::text[]) as t (topic)
         cross join generate_series(0, ${PARTITIONS - 1}) as p (partition)
         cross join lateral (
           select position from ${table} e
            where e.topic = t.topic and e.partition = p.partition
            order by position desc limit 1
         ) last`,
      [topics ?? (await topicsOf(connections, table))],
    ),
});

/** Skips from topic to topic along the index. */
async function topicsOf(connections: Connections, table: string): Promise<string[]> {
  const rows = await connections.prepared<{ topic: string }>(
    `${table}.topics`,
    `with recursive topics (topic) as (
       (select topic from ${table} order by topic limit 1)
       union all
       select (select e.topic from ${table} e where e.topic > t.topic order by e.topic limit 1)
         from topics t where t.topic is not null
     )
     select topic from topics where topic is not null`,
    [],
  );
  return rows.map(({ topic }) => topic);
}
