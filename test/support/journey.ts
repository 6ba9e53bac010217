import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Cdr } from '@voltledger/contracts';
import {
  type Instant,
  type MilliWattHours,
  energy,
  instantAt,
  plusMillis,
} from '@voltledger/kernel';
import {
  OperatorClient,
  SampleRoaming,
  ServiceNetwork,
  type SimulatedStation,
  type SimulatedTransaction,
  type SimulatedVersion,
  type TestDatabase,
  connectStation,
  createTestDatabase,
  eventually,
  sampleStationId,
  testKafka,
} from '@voltledger/testing';
import { Home } from '../../apps/all-in-one/src/home';
import { startNetwork } from '../../apps/all-in-one/src/network';

export interface IssuedCdr {
  readonly cdr: Cdr;
  readonly status: 'live' | 'credited' | 'credit';
  readonly deliveries: readonly { readonly outcome: string; readonly attempts: number | null }[];
}

export interface Journey {
  readonly operator: OperatorClient;
  readonly roaming: SampleRoaming;
  readonly database: TestDatabase['database'];
  /** A station that is connected and has booted. Numbers count from 1. */
  readonly station: (number: number, version: SimulatedVersion) => Promise<SimulatedStation>;
  /** All CDRs of one station's sessions, once there are so many. */
  readonly cdrsOf: (number: number, count?: number) => Promise<IssuedCdr[]>;
  readonly close: () => Promise<void>;
}

/** Much longer than it takes: six processes share the cores with whatever else is tested. */
const PATIENCE_MS = 90_000;
export const FIRST_REGISTER = energy('100');

type Settings = Readonly<Record<string, string>>;

/** Starts a network that roams with `roaming`, on an empty database. */
export type NetworkStart = (
  databaseUrl: string,
  roaming: SampleRoaming,
  special: Settings,
) => Promise<{ readonly operator: OperatorClient; readonly close: () => Promise<void> }>;

/** The whole network in this process. */
export const inOneProcess: NetworkStart = async (databaseUrl, roaming, special) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-journey-'));
  const settings = {
    ...roaming.settings,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    ...special,
  };
  const network = await startNetwork(new Home(folder), settings);
  return {
    operator: new OperatorClient(network.url, network.adminKey),
    close: async () => {
      await network.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Each service in a process of its own, on Kafka. */
export const inSixProcesses: NetworkStart = async (databaseUrl, roaming, special) => {
  const kafka = await testKafka();
  const settings = {
    ...special,
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_TOPIC_PREFIX: kafka.prefix(),
  };
  return ServiceNetwork.start({ databaseUrl, roaming, settings });
};

interface JourneyOptions {
  readonly start?: NetworkStart;
  readonly settings?: Settings;
}

/** A network on a database of its own, with both partners connected. */
export async function startJourney(
  stations: number,
  { start = inOneProcess, settings = {} }: JourneyOptions = {},
): Promise<Journey> {
  const test = await createTestDatabase();
  const roaming = await SampleRoaming.start();
  const network = await start(test.url, roaming, settings);
  const { operator } = network;
  await roaming.introduce(operator, stations);
  const connected: SimulatedStation[] = [];
  return {
    ...{ operator, roaming, database: test.database },
    station: async (number, version) => {
      const station = await connectStation({
        url: roaming.ocppUrl,
        identity: sampleStationId(number),
        password: roaming.stationPassword,
        version,
      });
      connected.push(station);
      await station.boot();
      return station;
    },
    cdrsOf: (number, count = 1) =>
      eventually(async () => {
        const all = await operator.all<IssuedCdr>('cdrs');
        const found = all.filter(({ cdr }) => cdr.place.evse.evseUid === evseUid(number));
        expect(found).toHaveLength(count);
        return found;
      }, PATIENCE_MS),
    close: async () => {
      await Promise.all(connected.map((station) => station.close()));
      await network.close();
      await roaming.close();
      await test.close();
    },
  };
}

export const evseUid = (number: number): string => `EVSE-${String(number).padStart(4, '0')}`;
export const evseId = (number: number): string => `DE*VLT*E${String(number).padStart(4, '0')}*1`;

export const plus = (register: MilliWattHours, kilowattHours: string): MilliWattHours =>
  (register + energy(kilowattHours)) as MilliWattHours;

const now = (): Instant => instantAt(Date.now());

/** Four seconds in which 0.3 kWh flow: what a station reports online is about now. */
export async function chargeBriefly(
  begin: (at: Instant) => Promise<SimulatedTransaction>,
): Promise<SimulatedTransaction> {
  const at = plusMillis(now(), -4_000);
  const transaction = await begin(at);
  await transaction.meter({ register: plus(FIRST_REGISTER, '0.15'), at: plusMillis(at, 2_000) });
  await transaction.stop({ register: plus(FIRST_REGISTER, '0.3'), at: plusMillis(at, 4_000) });
  return transaction;
}
