import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RunningServices, ApiKeys, startServices } from '@voltledger/platform';
import {
  OperatorClient,
  SampleRoaming,
  type SimulatedStation,
  type TestDatabase,
  connectStation,
  createTestDatabase,
  eventually,
  ownUid,
  sampleStationId,
} from '@voltledger/testing';
import { financeService } from '../apps/finance/src/app.module';
import { FIRST_REGISTER, chargeBriefly } from './support/journey';
import { PlatformProcess } from './support/platform-process';

const REGIONS = ['north', 'south'] as const;
type Region = (typeof REGIONS)[number];

/** A region: all six services in a process of their own, on a database of their own. */
interface Cell {
  readonly roaming: SampleRoaming;
  readonly process: PlatformProcess;
  readonly operator: OperatorClient;
}

interface GroupCdr {
  readonly region: Region;
  readonly sessionId: string;
  readonly evseUid: string;
  readonly doubt: string | null;
}

const PATIENCE_MS = 40_000;
const databases = new Map<Region, TestDatabase>();
const cells = new Map<Region, Cell>();
let group: TestDatabase;
let finance: RunningServices;
let financeOperator: OperatorClient;
const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-regions-'));

const cell = (region: Region): Cell => cells.get(region)!;
const others = (region?: Region): string =>
  REGIONS.filter((each) => each !== region)
    .map((each) => `${each}=${databases.get(each)!.url}`)
    .join(';');

async function startCell(region: Region): Promise<void> {
  const roaming = await SampleRoaming.start();
  const home = path.join(folder, region);
  const settings = {
    ...roaming.settings,
    REGION: region,
    CELLS: others(region),
    DATABASE_URL: databases.get(region)!.url,
    LOST_END_SILENCE_SECONDS: '3',
    LOG_LEVEL: 'error',
  };
  const process = new PlatformProcess(home, settings);
  await process.start();
  const key = readFileSync(path.join(home, 'admin-key'), 'utf8').trim();
  const operator = new OperatorClient(roaming.settings['OCPI_PUBLIC_URL'] ?? '', key);
  await roaming.introduce(operator, 2);
  cells.set(region, { roaming, process, operator });
}

beforeAll(async () => {
  group = await createTestDatabase();
  for (const region of REGIONS) databases.set(region, await createTestDatabase());
  for (const region of REGIONS) await startCell(region);
  const environment = {
    ...{ DATABASE_URL: group.url, REGION: 'group', CELLS: others() },
    ...{ HTTP_PORT: '0', LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent' },
  };
  finance = await startServices([financeService], { environment });
  const { key } = await finance.app.get(ApiKeys).create('finance', ['finance']);
  financeOperator = new OperatorClient(finance.url, key);
}, 240_000);

afterAll(async () => {
  await finance.close();
  for (const { process, roaming } of cells.values()) {
    await process.kill();
    await roaming.close();
  }
  for (const database of [group, ...databases.values()]) await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function connected(region: Region, number: number): Promise<SimulatedStation> {
  const { roaming } = cell(region);
  const station = await connectStation({
    url: roaming.ocppUrl,
    identity: sampleStationId(number),
    password: roaming.stationPassword,
    version: '1.6',
  });
  await station.boot();
  return station;
}

const charge = (station: SimulatedStation, number: number) =>
  chargeBriefly((at) =>
    station.start({ token: { uid: ownUid(number) }, register: FIRST_REGISTER, at }),
  );

/** What the group knows, once it is so many CDRs. */
const groupCdrs = (count: number) =>
  eventually(async () => {
    const all = await financeOperator.all<GroupCdr>('finance/cdrs');
    expect(all).toHaveLength(count);
    return all;
  }, PATIENCE_MS);

it('1.10: two regions, one view; a lost cell leaves the other whole; a moved station has one home', async () => {
  const northern = await connected('north', 1);
  await charge(northern, 1);
  const southern = await connected('south', 2);
  await charge(southern, 2);
  expect((await groupCdrs(2)).map(({ region }) => region).sort()).toEqual(['north', 'south']);

  // A session is under way in the north when the north is lost.
  const at = new Date().toISOString() as never;
  await northern.start({ token: { uid: ownUid(1) }, register: FIRST_REGISTER, at });
  await cell('north').process.kill();
  await northern.close();
  await charge(southern, 2);
  await groupCdrs(3);

  // Failover: the south takes the station in.
  const move = { region: 'south', note: 'the north is lost' };
  expect(await cell('south').operator.put('stations/CS0001/home', move)).toEqual({
    region: 'south',
    epoch: 2,
  });
  const moved = await connected('south', 1);
  await charge(moved, 1);
  await groupCdrs(4);

  // The north comes back, hears of the move, and lets the station in no more.
  await cell('north').process.start();
  await eventually(() => expect(connected('north', 1)).rejects.toThrow(/403/), PATIENCE_MS);
  const all = await groupCdrs(5);
  expect(all.filter(({ doubt }) => doubt !== null)).toEqual([]);
  expect(new Set(all.map(({ sessionId }) => sessionId)).size).toBe(5);
  expect(all.filter(({ evseUid }) => evseUid === 'EVSE-0001').map(({ region }) => region)).toEqual([
    'north',
    'south',
    'north',
  ]);
  expect(await financeOperator.get('finance/cells')).toMatchObject({
    cells: [
      { region: 'north', cdrs: 2, missing: 0, broken: 0, doubted: 0 },
      { region: 'south', cdrs: 3, missing: 0, broken: 0, doubted: 0 },
    ],
  });
  await moved.close();
  await southern.close();
}, 240_000);
