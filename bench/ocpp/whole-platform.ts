import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PgDatabase } from '@voltledger/platform';
import {
  OperatorClient,
  freePorts,
  sampleLocation,
  sampleTariff,
  sampleToken,
} from '@voltledger/testing';
import { Home } from '../../apps/all-in-one/src/home';
import { type Network, startNetwork } from '../../apps/all-in-one/src/network';
import { fail, onAsked, tell } from './child';
import { databaseCpuMicros } from './database-cpu';
import { PASSWORD, cardOf, stationId } from './protocol';

const EVSES_PER_SITE = 100;
const AT_ONCE = 8;

const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-bench-'));
const home = new Home(folder);

async function start(): Promise<void> {
  const [http = 0, ocpp = 0] = await freePorts(2);
  const network = await startNetwork(home, {
    ...process.env,
    ...{ HTTP_PORT: String(http), OCPP_PORT: String(ocpp), LOG_LEVEL: 'error' },
  });
  const database = await PgDatabase.open({ url: network.databaseUrl, poolSize: 1 });
  onAsked(() => use(database));
  process.on('SIGTERM', () => {
    database
      .close()
      .then(() => network.close())
      .then(() => {
        rmSync(folder, { recursive: true, force: true });
        process.exit(0);
      }, fail);
  });
  await letIn(network, Number(process.env['BENCH_STATIONS']));
  tell({ kind: 'ready', url: network.ocppUrl });
}

async function use(database: PgDatabase) {
  const [row] = await database.query<{ cdrs: number }>(
    'select count(*)::int as cdrs from billing.cdrs',
  );
  const held = await database.query<{ code: string; sessions: number }>(
    `select reasons->0->>'code' as code, count(*)::int as sessions from billing.cdr_holds
     where released_at is null group by 1`,
  );
  const { user, system } = process.cpuUsage();
  const postmaster = Number(
    readFileSync(path.join(home.postgres, 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  return {
    kind: 'use' as const,
    cpuMicros: user + system,
    databaseCpuMicros: databaseCpuMicros(postmaster),
    rss: process.memoryUsage().rss,
    cdrs: row?.cdrs ?? 0,
    held: Object.fromEntries(held.map(({ code, sessions }) => [code, sessions])),
  };
}

/** Tariff, sites, stations and a card for each, as an operator would. */
async function letIn({ url, adminKey }: Network, stations: number): Promise<void> {
  const operator = new OperatorClient(url, adminKey);
  const tariff = sampleTariff();
  await operator.put(`tariffs/${tariff.tariffId}`, tariff);
  const { evses, updatedAt: _at, ...site } = sampleLocation(stations);
  for (let from = 0; from < stations; from += EVSES_PER_SITE)
    await operator.put(`locations/SITE-${from}`, {
      ...{ ...site, locationId: undefined },
      evses: evses
        .slice(from, from + EVSES_PER_SITE)
        .map(({ status: _status, updatedAt: _updatedAt, ...evse }) => evse),
    });
  let next = 1;
  const admit = async (): Promise<void> => {
    while (next <= stations) {
      const number = next;
      next += 1;
      const { uid, type, ...token } = sampleToken(cardOf(number));
      await operator.put(`tokens/${type}/${uid}`, token);
      await operator.put(`stations/${stationId(number)}`, { password: PASSWORD });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, admit));
}

start().catch(fail);
