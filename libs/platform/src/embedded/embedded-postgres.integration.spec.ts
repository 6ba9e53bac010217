import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { eventually } from '@voltledger/testing';
import { EmbeddedPostgres } from './embedded-postgres';
import { FORGETFUL_SETTINGS } from './server-settings';

let folder: string;
const servers: EmbeddedPostgres[] = [];

async function start(port?: number): Promise<EmbeddedPostgres> {
  const options = { folder, settings: FORGETFUL_SETTINGS, ...(port && { port }) };
  const server = await EmbeddedPostgres.start(options);
  servers.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'voltledger-embedded-'));
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('starts anew, keeps what was written, and starts again where it stopped', async () => {
  const first = await start();
  await query(first.url(), 'create table kept as select 42 as answer');
  await first.stop();
  await expect(query(first.url(), 'select 1')).rejects.toThrow('ECONNREFUSED');
  const second = await start();
  expect(await query(second.url(), 'select answer from kept')).toEqual([{ answer: 42 }]);
});

it('forces what is committed to the disk', async () => {
  const server = await EmbeddedPostgres.start({ folder });
  servers.push(server);
  const rows = await query(
    server.url(),
    `select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name`,
  );
  expect(rows.map((row): unknown[] => Object.values(row as object))).toEqual([
    ['fsync', 'on'],
    ['full_page_writes', 'on'],
    ['synchronous_commit', 'on'],
  ]);
});

it('asks for the password that it made for itself', async () => {
  const server = await start();
  const stranger = server.url().replace(/:[^:@]+@/, ':guessed@');
  await expect(query(stranger, 'select 1')).rejects.toThrow('password authentication failed');
});

it('takes another port when the wanted one is in use', async () => {
  const other = createServer();
  const taken = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
  });
  const server = await start(taken);
  expect(server.port).not.toBe(taken);
  other.close();
});

it('is shared by all who name the same folder, and stopped by the last', async () => {
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.pid).toBe(two.pid);
  await one.stop();
  expect(await query(two.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
  await two.stop();
  await expect(query(two.url(), 'select 1')).rejects.toThrow('ECONNREFUSED');
});

it('comes back on the same port when the server is killed', async () => {
  const server = await start();
  await query(server.url(), 'create table kept as select 42 as answer');
  const killed = server.pid;
  process.kill(killed, 'SIGKILL');
  await eventually(() => expect(server.pid).not.toBe(killed));
  expect(await query(server.url(), 'select answer from kept')).toEqual([{ answer: 42 }]);
});

it('says what to do about data of another version', async () => {
  const server = await start();
  await server.stop();
  writeFileSync(path.join(folder, 'data', 'PG_VERSION'), '12\n');
  await expect(start()).rejects.toThrow(/was written by PostgreSQL 12; .*\n.*pg_dump/);
});

it('shows the last words of a server that does not start', async () => {
  const hopeless = EmbeddedPostgres.start({ folder, settings: { shared_buffers: 'plenty' } });
  await expect(hopeless).rejects.toThrow(/did not start.*\n.*plenty.*\n.*postgres\.log/);
});

it('starts although its last process number now belongs to something else', async () => {
  const server = await start();
  await server.stop();
  const lines = [process.ppid, path.join(folder, 'data'), 1_700_000_000, 1, '', '127.0.0.1', '0 0'];
  writeFileSync(path.join(folder, 'data', 'postmaster.pid'), `${lines.join('\n')}\nready   \n`);
  expect(await query((await start()).url(), 'select 1 as one')).toEqual([{ one: 1 }]);
});
