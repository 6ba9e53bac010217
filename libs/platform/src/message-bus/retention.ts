import { z } from 'zod';
import { type Connections } from '../database';

/**
 * Days that messages of a topic are kept. Topics that are not named are kept for good: projections
 * are rebuilt from them.
 */
export type Retention = Readonly<Record<string, number>>;

/** What stations said is kept as facts in the session's stream; this is for looking things up. */
export const DEFAULT_RETENTION = 'station.events.v1=90,station.commands.v1=7';

const RULE =
  'must be topics with days, such as station.events.v1=90,station.commands.v1=7, or none';

/** The setting `BUS_RETENTION_DAYS`. */
export const retentionSetting = z
  .string()
  .default(DEFAULT_RETENTION)
  .transform((text) => (text === 'none' ? [] : text.split(',')))
  .pipe(z.array(z.string().regex(/^[a-z0-9.]{1,80}=[1-9]\d{0,4}$/, RULE)))
  .transform((pairs): Retention =>
    Object.fromEntries(
      pairs.map((pair) => {
        const [topic = '', days] = pair.split('=');
        return [topic, Number(days)];
      }),
    ),
  );

const AT_ONCE = 5_000;

/**
 * Deletes messages that are older than their topic's days and that every group has read. In small
 * steps, oldest first, so that nobody waits for it; the last message of a slot always stays, since
 * positions go on from it.
 */
export async function forget(connections: Connections, retention: Retention): Promise<void> {
  for (const [topic, days] of Object.entries(retention))
    while ((await forgetSome(connections, topic, days)) === AT_ONCE);
}

async function forgetSome(connections: Connections, topic: string, days: number): Promise<number> {
  const rows = await connections.query(
    `with slots as (
       select p.partition,
              (select max(position) - 1 from bus.messages m
                where m.topic = $1 and m.partition = p.partition) as last,
              (select min(o.position) from bus.offsets o
                where o.topic = $1 and o.partition = p.partition) as read
         from generate_series(0, 63) as p (partition)
     ), old as (
       select m.partition, m.position from slots s cross join lateral (
         select partition, position, published_at from bus.messages m
          where m.topic = $1 and m.partition = s.partition
            and m.position <= least(s.last, coalesce(s.read, s.last))
          order by m.position limit $3
       ) m
       where m.published_at < clock_timestamp() - make_interval(days => $2)
       limit $3
     )
     delete from bus.messages m using old
      where m.topic = $1 and m.partition = old.partition and m.position = old.position
     returning 1`,
    [topic, days, AT_ONCE],
  );
  return rows.length;
}
