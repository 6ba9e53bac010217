import {
  type StationCommand,
  type StationEvent,
  locationEvents,
  messageFor,
  stationCommands,
  stationEvents,
} from '@voltledger/contracts';
import { type Clock, type MessageBus, type Subscription, instantAt } from '@voltledger/kernel';
import {
  ApiKeys,
  type Environment,
  type RunningServices,
  consuming,
  createLogger,
  newUuid,
  on,
  startServices,
} from '@voltledger/platform';
import {
  type SimulatedStation,
  type SimulatedVersion,
  type StationOptions,
  type TestDatabase,
  connectStation,
  createTestDatabase,
  sampleLocation,
} from '@voltledger/testing';
import { StationServer, ocppGatewayService } from '../../apps/ocpp-gateway/src/app.module';

type Verdict = Extract<StationCommand, { type: 'AuthorizationAnswered' }>['data']['verdict'];
type Told =
  StationEvent | { readonly type: 'LocationChanged' | 'EvseStatusChanged'; readonly data: object };
type EventData<Type extends StationEvent['type']> = Extract<StationEvent, { type: Type }>['data'];

export const PASSWORD = 'a-password-of-a-station';

export interface RigOptions {
  readonly environment?: Environment;
  readonly clock?: Clock;
  readonly database?: TestDatabase;
}

/** A gateway over real sockets, bus and database, and a session service that only gives verdicts. */
export class GatewayRig {
  readonly told: { id: string; event: Told }[] = [];
  /** By token; others are accepted. `silent`: nobody answers. */
  readonly verdicts = new Map<string, Verdict | 'silent'>();
  private readonly stations: SimulatedStation[] = [];
  private listening: Subscription[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly services: RunningServices,
    private readonly key: string,
    private readonly ownsDatabase: boolean,
  ) {}

  static async start(options: RigOptions = {}): Promise<GatewayRig> {
    const database = options.database ?? (await createTestDatabase());
    const services = await startServices([ocppGatewayService], {
      logger: createLogger({ level: 'error', service: 'test' }),
      ...(options.clock && { clock: options.clock }),
      environment: {
        DATABASE_URL: database.url,
        HTTP_PORT: '0',
        OCPP_PORT: '0',
        OCPP_HOST: '127.0.0.1',
        GATEWAY_INSTANCE: 'gateway-a',
        TENANT: 'test',
        OCPP_OFFLINE_GRACE_SECONDS: '1',
        OCPP_AUTHORIZE_SECONDS: '1',
        OCPP_TRANSACTION_AUTHORIZE_SECONDS: '2',
        ...options.environment,
      },
    });
    const { key } = await services.app.get(ApiKeys).create('test', ['admin']);
    const rig = new GatewayRig(database, services, key, !options.database);
    await rig.listen();
    return rig;
  }

  get bus(): MessageBus {
    return this.services.storage.bus;
  }

  get ocppUrl(): string {
    return `ws://127.0.0.1:${this.services.app.get(StationServer).port}/ocpp`;
  }

  get httpUrl(): string {
    return `http://127.0.0.1:${this.services.app.get(StationServer).port}/ocpp`;
  }

  /** Data of the station events of a type, in the order they were published. */
  events<Type extends StationEvent['type']>(type: Type): EventData<Type>[] {
    return this.told
      .filter(({ event }) => event.type === type)
      .map(({ event }) => event.data as EventData<Type>);
  }

  async api(method: string, path: string, body?: object): Promise<{ status: number; body: never }> {
    const response = await fetch(`${this.services.url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(method === 'POST' && { 'idempotency-key': newUuid() }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as never };
  }

  /** Stations `CS0001` … with one EVSE each, and the place they stand at. */
  async provide(stations: number, settings: object = {}): Promise<void> {
    const { locationId, updatedAt: _updatedAt, ...location } = sampleLocation(stations);
    const saved = await this.api('PUT', `locations/${locationId}`, location);
    expect(saved.status).toBe(200);
    for (const { stationId } of location.evses) await this.provideStation(stationId, settings);
  }

  async provideStation(stationId: string, settings: object = {}): Promise<void> {
    const { status, body } = await this.api('PUT', `stations/${encodeURIComponent(stationId)}`, {
      password: PASSWORD,
      ...settings,
    });
    expect([status, body]).toEqual([200, expect.anything()]);
  }

  /** A station that has connected and booted. */
  async station(
    version: SimulatedVersion,
    options: Partial<StationOptions> = {},
  ): Promise<SimulatedStation> {
    const station = await this.connected(version, options);
    await station.boot();
    return station;
  }

  async connected(
    version: SimulatedVersion,
    options: Partial<StationOptions> = {},
  ): Promise<SimulatedStation> {
    const station = await connectStation({
      url: this.ocppUrl,
      identity: 'CS0001',
      password: PASSWORD,
      version,
      callTimeoutMs: 10_000,
      ...options,
    });
    this.stations.push(station);
    return station;
  }

  /** The session service wants something of a station. */
  async order(event: StationCommand): Promise<void> {
    const id = newUuid();
    const { tenant, region } = SCOPE;
    const message = messageFor(stationCommands, {
      id,
      key: event.data.stationId,
      event,
      causationId: id,
      correlationId: id,
      tenant,
      region,
      recordedAt: instantAt(Date.now()),
    });
    await this.bus.publish([message]);
  }

  async close(): Promise<void> {
    for (const station of this.stations) await station.close();
    for (const each of this.listening) await each.stop();
    await this.services.close();
    if (this.ownsDatabase) await this.database.close();
  }

  private async listen(): Promise<void> {
    this.listening = [
      await this.bus.subscribe(
        consuming(
          `test.${newUuid()}`,
          on(stationEvents, async ({ id, event }) => {
            this.told.push({ id, event });
            await this.judge(event);
          }),
          on(locationEvents, ({ id, event }) => {
            this.told.push({ id, event });
            return Promise.resolve();
          }),
        ),
      ),
    ];
  }

  private async judge({ data }: StationEvent): Promise<void> {
    const asked = data as {
      requestId?: string;
      authorizationRequestId?: string;
      token?: { uid: string };
    };
    const requestId = asked.requestId ?? asked.authorizationRequestId;
    if (requestId === undefined) return;
    const verdict = this.verdicts.get(asked.token?.uid ?? '') ?? { status: 'accepted' };
    if (verdict === 'silent') return;
    const { stationId } = data;
    await this.order({ type: 'AuthorizationAnswered', data: { stationId, requestId, verdict } });
  }
}

const SCOPE = { tenant: 'test' as never, region: 'test' as never };
