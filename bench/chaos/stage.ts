import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmbeddedPostgres, ensureDatabase } from '@voltledger/platform';
import { KafkaBroker, SampleRoaming, ServiceNetwork } from '@voltledger/testing';

const DATABASE = 'voltledger';

/** Everything that can be broken. */
export interface Stage {
  readonly postgres: EmbeddedPostgres;
  readonly databaseUrl: string;
  readonly kafka: KafkaBroker;
  readonly roaming: SampleRoaming;
  readonly network: ServiceNetwork;
  readonly close: () => Promise<void>;
}

export async function setUp(stations: number, tell: (what: string) => void): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'voltledger-chaos-'));
  const open: (() => Promise<void>)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  ];
  const close = async (): Promise<void> => {
    for (const end of open.splice(0).reverse()) await end();
  };
  try {
    const kafka = await KafkaBroker.start(path.join(folder, 'kafka'));
    open.push(() => kafka.remove());
    tell(`Kafka: ${kafka.description}`);
    const postgres = await EmbeddedPostgres.start({ folder: path.join(folder, 'postgres') });
    open.push(() => postgres.stop());
    await ensureDatabase(postgres.url(), DATABASE);
    const roaming = await SampleRoaming.start();
    open.push(() => roaming.close());
    const databaseUrl = postgres.url(DATABASE);
    tell('starting six services');
    const settings = { KAFKA_BROKERS: kafka.brokers.join(',') };
    const network = await ServiceNetwork.start({ databaseUrl, roaming, settings });
    open.push(() => network.close());
    tell(`letting ${stations} stations and their drivers in`);
    await roaming.introduce(network.operator, stations);
    return { postgres, databaseUrl, kafka, roaming, network, close };
  } catch (error) {
    await close();
    throw error;
  }
}
