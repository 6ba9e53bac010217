import { type Connections, refusedByServer } from '../database';
import { Batcher } from './batcher';
import { type LogSource } from './log-source';
import { PARTITIONS, type Place } from './partitions';

/** What stands behind some places: about so many entries of each. */
interface Wanted {
  readonly behind: readonly Place[];
  readonly each: number;
}

/**
 * Reads the table of a log, which is unique by topic, partition and position. Whoever asks while
 * another question is under way shares the next one.
 */
export function tableSource<Entry extends Place>(
  connections: Connections,
  table: string,
  columns = '*',
): LogSource<Entry> {
  const questions = new Batcher<Wanted, Entry[]>(
    (wanted) => fetchAll<Entry>(connections, { table, columns }, wanted),
    refusedByServer,
  );
  return {
    fetch: (behind, each) => questions.submit({ behind, each }),
    heads: async (topics) =>
      headsOf(connections, table, topics ?? (await topicsOf(connections, table))),
  };
}

async function fetchAll<Entry extends Place>(
  connections: Connections,
  { table, columns }: { readonly table: string; readonly columns: string },
  wanted: readonly Wanted[],
): Promise<Entry[][]> {
  const places = wanted.flatMap(({ behind }, asker) =>
    behind.map(({ topic, partition, position }) => ({ topic, partition, position, asker })),
  );
  const rows = await connections.query<{ asker: number; entry: Entry }>(
    `select stood.asker, e.* from unnest($1::text[], $2::smallint[], $3::bigint[], $4::int[])
           with ordinality as stood (topic, partition, position, asker, nth)
       cross join lateral (
         select ${columns} from ${table} t
          where t.topic = stood.topic and t.partition = stood.partition
            and t.position > stood.position
          order by t.position limit $5
       ) e
      order by stood.nth, e.position`,
    [
      places.map(({ topic }) => topic),
      places.map(({ partition }) => partition),
      places.map(({ position }) => position),
      places.map(({ asker }) => asker),
      Math.max(...wanted.map(({ each }) => each)),
    ],
  );
  return shared(rows as unknown as (Entry & { asker: number })[], wanted.length);
}

function shared<Entry extends Place>(
  rows: readonly (Entry & { readonly asker: number })[],
  askers: number,
): Entry[][] {
  const answers = Array.from({ length: askers }, (): Entry[] => []);
  for (const row of rows) answers[row.asker]?.push(row);
  return answers;
}

const headsOf = (
  connections: Connections,
  table: string,
  topics: readonly string[],
): Promise<Place[]> =>
  connections.query<Place>(
    `select t.topic, p.partition, last.position
       from unnest($1::text[]) as t (topic)
       cross join generate_series(0, ${PARTITIONS - 1}) as p (partition)
       cross join lateral (
         select position from ${table} e
          where e.topic = t.topic and e.partition = p.partition
          order by position desc limit 1
       ) last`,
    [topics],
  );

/** Skips from topic to topic along the index. */
async function topicsOf(connections: Connections, table: string): Promise<string[]> {
  const rows = await connections.query<{ topic: string }>(
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
