import { randomBytes } from 'node:crypto';
import { freePorts } from './free-ports';
import { OperatorClient } from './operator-client';
import { type SampleRoaming } from './sample-roaming';
import { ServiceProcess } from './service-process';

/** In the order they start: by the time stations are let in, everybody listens. */
export const SERVICE_NAMES = [
  'tariff',
  'session',
  'billing',
  'roaming-ocpi',
  'roaming-oicp',
  'ocpp-gateway',
] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The first part of a path below `/api/v1/`, and whose it is; the rest is the same at all. */
const OWNERS: Readonly<Record<string, ServiceName>> = {
  stations: 'ocpp-gateway',
  locations: 'ocpp-gateway',
  sessions: 'session',
  tokens: 'session',
  tariffs: 'tariff',
  cdrs: 'billing',
  'held-cdrs': 'billing',
  ledger: 'billing',
  ocpi: 'roaming-ocpi',
  oicp: 'roaming-oicp',
};

export interface ServiceNetworkOptions {
  readonly databaseUrl: string;
  readonly roaming: SampleRoaming;
  /** Of every service; such as `KAFKA_BROKERS`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The six services, each in a process of its own, as they run in production. */
export class ServiceNetwork {
  readonly operator: OperatorClient;
  private readonly processes = new Map<ServiceName, ServiceProcess[]>();

  private constructor(
    private readonly common: Readonly<Record<string, string>>,
    key: string,
  ) {
    this.operator = new OperatorClient((path) => this.url(path), key);
  }

  /** Starts one of each. */
  static async start({
    databaseUrl,
    roaming,
    settings = {},
  }: ServiceNetworkOptions): Promise<ServiceNetwork> {
    const key = `vl_${randomBytes(8).toString('hex')}_${randomBytes(32).toString('base64url')}`;
    const common = {
      ...roaming.settings,
      ...{ DATABASE_URL: databaseUrl, DATABASE_POOL_SIZE: '12', ADMIN_API_KEY: key },
      OCPI_SECRET_KEY: randomBytes(32).toString('base64'),
      SUBJECT_SECRET_KEY: randomBytes(32).toString('base64'),
      LOG_LEVEL: 'error',
      ...{ OCPP_HOST: '127.0.0.1', OCPP_BASE_PATH: '/ocpp' },
      ...settings,
    };
    const network = new ServiceNetwork(common, key);
    try {
      for (const service of SERVICE_NAMES) await network.add(service, roaming.settings);
    } catch (error) {
      await network.close();
      throw error;
    }
    return network;
  }

  /** One more of a service; the ports that partners and stations know belong to the first. */
  async add(
    service: ServiceName,
    { HTTP_PORT, OCPP_PORT, OICP_INBOUND_PORT }: Readonly<Record<string, string>> = {},
  ): Promise<ServiceProcess> {
    const [http = 0, ocpp = 0, oicp = 0] = await freePorts(3);
    const known = service === 'roaming-ocpi' ? HTTP_PORT : undefined;
    const settings = {
      ...this.common,
      HTTP_PORT: known ?? String(http),
      OCPP_PORT: OCPP_PORT ?? String(ocpp),
      OICP_INBOUND_PORT: OICP_INBOUND_PORT ?? String(oicp),
    };
    const process = new ServiceProcess({ service, settings });
    this.processes.set(service, [...this.of(service), process]);
    await process.start();
    return process;
  }

  of(service: ServiceName): readonly ServiceProcess[] {
    return this.processes.get(service) ?? [];
  }

  async close(): Promise<void> {
    const all = [...this.processes.values()].flat();
    await Promise.all(all.map((process) => process.kill()));
  }

  private url(path: string): string {
    const first = path.split(/[/?]/)[0] ?? '';
    const owner = /^sessions\/[^/]+\/story/.test(path) ? 'billing' : OWNERS[first];
    const process = this.of(owner ?? 'session').find(({ running }) => running);
    if (!process) throw new Error(`nobody serves ${path}`);
    return process.url;
  }
}
