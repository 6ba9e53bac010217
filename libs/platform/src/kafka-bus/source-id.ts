import { type Connections } from '../database';
import { derivedUuid } from '../identity';

/**
 * Names the log of this database. Positions may be given a second time after a restore, when what
 * came after the backup is lost: a restored log therefore has another name, since PostgreSQL itself
 * then has another system identifier, database or timeline.
 */
export async function sourceId(connections: Connections): Promise<string> {
  const [row] = await connections.query<{ parts: string[] }>(
    `select array[i.installation::text, s.system_identifier::text, d.oid::text, c.timeline_id::text]
            as parts
       from bus.installation i, pg_control_system() s, pg_control_checkpoint() c, pg_database d
      where d.datname = current_database()`,
  );
  if (!row) throw new Error('bus.installation is empty: run the migrations');
  return derivedUuid(...row.parts);
}
