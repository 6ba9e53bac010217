import { type AddressInfo } from 'node:net';
import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Clock, type GroupSubscription, instantAt } from '@voltledger/kernel';
import { type Environment } from '../config';
import { EdgeModule, edgeAdapter } from '../http';
import { type ServiceDefinition } from '../service';
import { type ErasureParts, erasingRows, forgetting } from '../subjects';
import {
  Health,
  type Logger,
  REPORTS,
  type Reports,
  TelemetryModule,
  createLogger,
  logLevelFrom,
  loggedReports,
  nestLogger,
} from '../telemetry';
import { Background } from './background';
import { LruStateCache } from './lru-state-cache';
import { type PlatformConfig, platformConfigFrom } from './platform-config';
import { PlatformModule } from './platform.module';
import { replicasFor } from './replicas';
import { type Storage, openStorage } from './storage';

export interface StartOptions {
  /** Settings of the platform and of every service, by their names. */
  readonly environment: Environment;
  /** Default: the machine's. */
  readonly clock?: Clock;
  readonly logger?: Logger;
}

export interface RunningServices {
  readonly app: INestApplication;
  /** Where HTTP is served, without a slash at the end. */
  readonly url: string;
  readonly storage: Storage;
  /** Takes nothing new, finishes what was begun, closes everything. May be called twice. */
  readonly close: () => Promise<void>;
}

@Module({})
class Root {}

const systemClock: Clock = () => instantAt(Date.now());

/**
 * Runs services in this process: one of them, or all beside each other on one HTTP port.
 *
 * @throws ConfigurationError before anything is started, when a setting is wrong.
 */
export async function startServices(
  services: readonly ServiceDefinition[],
  { environment, clock = systemClock, logger: given }: StartOptions,
): Promise<RunningServices> {
  const config = platformConfigFrom(environment);
  const modules = services.map(({ module }) => module(environment));
  const service = services.map(({ name }) => name).join('+');
  const logger = given ?? createLogger({ level: logLevelFrom(environment), service });
  if (!config.subjects)
    logger.warn(
      'SUBJECT_SECRET_KEY is not set: personal fields are kept readable, nobody can be erased',
    );
  const storage = await openStorage(config, services, clock, loggedReports(logger));
  try {
    const cache = new LruStateCache();
    const parts = { config, clock, logger, storage, cache };
    return await run(rootOf(services, modules, parts), services, parts);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

interface Parts {
  readonly config: PlatformConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storage: Storage;
  readonly cache: LruStateCache;
}

function rootOf(
  services: readonly ServiceDefinition[],
  modules: readonly DynamicModule[],
  { config, clock, logger, storage, cache }: Parts,
): DynamicModule {
  const { database, store, bus, subjects } = storage;
  const platform = PlatformModule.with({
    eventStore: store,
    messageBus: bus,
    database,
    aggregates: { store, cache },
    clock,
    scope: config.scope,
    personalData: subjects.personal,
    subjectKeys: subjects.keys,
  });
  return {
    module: Root,
    imports: [
      platform,
      TelemetryModule.with(logger),
      EdgeModule.forServices(services),
      CqrsModule.forRoot(),
      DiscoveryModule,
      ...modules,
    ],
  };
}

async function run(
  root: DynamicModule,
  services: readonly ServiceDefinition[],
  { config, clock, logger, storage, cache }: Parts,
): Promise<RunningServices> {
  const rawBodyPrefixes = services.flatMap((service) => service.rawBodyPrefixes ?? []);
  const options = { logger: nestLogger(logger), bodyParser: false, abortOnError: false };
  const adapter = edgeAdapter({ rawBodyPrefixes });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a class in name only
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, options);
  const discovery = app.get(DiscoveryService);
  const { store, bus, subjects } = storage;
  const reports = app.get<Reports>(REPORTS);
  const further = erasureReaders(services, { bus, clock, keys: subjects.keys, cache });
  const background = new Background({ discovery, store, bus, reports, further });
  const replicas = replicasFor(services, config, bus, reports);
  const health = app.get(Health);
  watch(health, storage);
  const close = once(async () => {
    health.drain();
    // Sockets and HTTP first: what they have taken still needs the bus to be answered.
    await app.close();
    await Promise.all(replicas.map((replica) => replica.stop()));
    await background.stop();
    await storage.close();
  });
  try {
    // Command handlers are known, and stations let in, only from here on.
    await app.init();
    await background.start();
    for (const replica of replicas) replica.start();
    await app.listen(config.httpPort, config.httpHost);
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, url: `http://${config.httpHost}:${port}`, storage, close };
}

/** Where persons can be erased, each service does so in its own tables. */
function erasureReaders(
  services: readonly ServiceDefinition[],
  { cache, ...parts }: Omit<ErasureParts, 'forget'> & { readonly cache: LruStateCache },
): GroupSubscription[] {
  if (!parts.keys) return [];
  const forget = () => {
    cache.clear();
  };
  const erasures = { ...parts, forget };
  return [forgetting(erasures), ...services.map((service) => erasingRows(service, erasures))];
}

function watch(health: Health, { database, store, bus }: Storage): void {
  health.register({
    name: 'database',
    check: async () => {
      await database.query('select 1');
      return { ok: true };
    },
  });
  health.register({
    name: 'consumers',
    check: () => {
      const held = bus.heldBack();
      const detail = `held back: ${held.join(', ')}`;
      return Promise.resolve(held.length === 0 ? { ok: true } : { ok: false, detail });
    },
  });
  const { keeper } = store;
  if (keeper) health.register({ name: keeper.name, check: () => Promise.resolve(keeper.state()) });
  const { carrier } = bus;
  if (carrier)
    health.register({ name: carrier.name, check: () => Promise.resolve(carrier.state()) });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= work());
}
