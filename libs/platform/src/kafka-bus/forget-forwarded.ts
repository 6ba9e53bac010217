import { type Connections } from '../database';
import { forwarderOf } from './outbox-forwarder';

const AT_ONCE = 5_000;

/**
 * Deletes messages that are in Kafka for so many days. In small steps, oldest first; the last of
 * each partition stays, since positions go on from it.
 */
export async function forgetForwarded(
  connections: Connections,
  clusterId: string,
  days: number,
): Promise<void> {
  while ((await forgetSome(connections, clusterId, days)) === AT_ONCE);
}

async function forgetSome(connections: Connections, clusterId: string, days: number) {
  const rows = await connections.query(
    `with old as (
       select m.topic, m.partition, m.position from bus.offsets o cross join lateral (
         select topic, partition, position, published_at from bus.messages m
          where m.topic = o.topic and m.partition = o.partition and m.position < o.position
          order by m.position limit $3
       ) m
       where o.reader = $1 and m.published_at < clock_timestamp() - make_interval(days => $2)
       limit $3
     )
     delete from bus.messages m using old
      where m.topic = old.topic and m.partition = old.partition and m.position = old.position
     returning 1`,
    [forwarderOf(clusterId), days, AT_ONCE],
  );
  return rows.length;
}
