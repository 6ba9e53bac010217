import { type Connections } from '@voltledger/platform';
import { type Contestant } from './contestant';

const READ = 200;

/** A table with an identity, filled with one insert per batch, read in order with an offset row. */
export async function rawSql(database: Connections): Promise<Contestant> {
  await database.query(
    `create table bench_log (position bigint generated always as identity primary key,
       id text not null, key text not null, type text not null, body json not null)`,
  );
  await database.query('create table bench_offset (position bigint not null)');
  await database.query('insert into bench_offset values (0)');
  return {
    name: 'raw SQL',
    publish: async (messages) => {
      await database.query(
        `insert into bench_log (id, key, type, body)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::json[])`,
        [
          messages.map(({ id }) => id),
          messages.map(({ key }) => key),
          messages.map(({ type }) => type),
          messages.map((message) => JSON.stringify(message)),
        ],
      );
    },
    readable: () => Promise.resolve(),
    drain: (count) => drained(database, count),
    close: () => Promise.resolve(),
  };
}

async function drained(database: Connections, count: number): Promise<void> {
  let position = 0;
  for (let seen = 0; seen < count;) {
    const rows = await database.query<{ position: number; body: unknown }>(
      'select position, body from bench_log where position > $1 order by position limit $2',
      [position, READ],
    );
    seen += rows.length;
    position = rows.at(-1)?.position ?? position;
    await database.query('update bench_offset set position = $1', [position]);
  }
}
