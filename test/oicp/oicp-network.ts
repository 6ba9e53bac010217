import { randomUUID } from 'node:crypto';
import {
  type CdrEvent,
  type LocationEvent,
  type RoamingEvent,
  type SessionEvent,
  cdrEvents,
  locationEvents,
  messageFor,
  roamingEvents,
  sessionEvents,
} from '@voltledger/contracts';
import { type Instant, type OutgoingMessage, instantAt } from '@voltledger/kernel';
import {
  ApiKeys,
  type RunningServices,
  consuming,
  firstKey,
  on,
  startServices,
} from '@voltledger/platform';
import { HubjectStandIn, type TestDatabase, createTestDatabase } from '@voltledger/testing';
import { roamingOicpService } from '../../apps/roaming-oicp/src/app.module';
import { freePort } from './free-port';

export const OPERATOR = 'DE*VLT';
export const PROVIDER = 'DE-T02';
export const CARD = '044A2DAA856280';
const ADMIN_KEY = `vl_${'0'.repeat(16)}_${'a'.repeat(43)}`;

type Row = Record<string, unknown>;
type DataOf<Type extends RoamingEvent['type']> = Extract<RoamingEvent, { type: Type }>['data'];

/** roaming-oicp alone, with a stand-in for Hubject on one side and the bus on the other. */
export class OicpNetwork {
  readonly heard: RoamingEvent[] = [];

  private constructor(
    readonly hubject: HubjectStandIn,
    private readonly test: TestDatabase,
    private readonly environment: Readonly<Record<string, string>>,
    private running: RunningServices,
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<OicpNetwork> {
    const test = await createTestDatabase();
    const hubject = await HubjectStandIn.start({
      operators: [{ operatorId: OPERATOR }],
      progressEveryMs: 1_000,
    });
    hubject.provider(PROVIDER, CARD);
    const port = await freePort();
    hubject.reach(OPERATOR, `http://127.0.0.1:${String(port)}`);
    const environment = {
      DATABASE_URL: test.url,
      HTTP_PORT: '0',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'silent',
      ADMIN_API_KEY: ADMIN_KEY,
      ALLOW_PRIVATE_PARTNERS: 'true',
      OICP_BASE_URL: hubject.url,
      OICP_HOTLINE: '+4940123456',
      OICP_INBOUND: 'plain-loopback',
      OICP_INBOUND_PORT: String(port),
      OICP_PROGRESS_EVERY_SECONDS: '1',
      OICP_REMOTE_ANSWER_MS: '3000',
      ...settings,
    };
    const running = await startServices([roamingOicpService], { environment });
    await firstKey(running.app.get(ApiKeys), environment);
    const network = new OicpNetwork(hubject, test, environment, running);
    await network.listen();
    return network;
  }

  /** As after a crash or an upgrade: the same database, a new process. */
  async restart(): Promise<void> {
    await this.running.close();
    this.running = await startServices([roamingOicpService], { environment: this.environment });
    await this.listen();
  }

  location(event: LocationEvent): Promise<void> {
    const key = 'location' in event.data ? event.data.location.locationId : event.data.locationId;
    return this.publish(messageFor(locationEvents, { ...origin(), key, event }));
  }

  /** In order: they all concern one session or request. */
  session(key: string, ...events: SessionEvent[]): Promise<void> {
    const messages = events.map((event) => messageFor(sessionEvents, { ...origin(), key, event }));
    return this.publish(...messages);
  }

  cdr(event: CdrEvent & { readonly type: 'CdrIssued' | 'CdrCredited' }): Promise<void> {
    const { sessionId } = 'cdr' in event.data ? event.data.cdr : event.data.credit;
    return this.publish(messageFor(cdrEvents, { ...origin(), key: sessionId, event }));
  }

  /** The newest of what the service told the others. */
  newest<Type extends RoamingEvent['type']>(type: Type): DataOf<Type> | undefined {
    return this.all(type).at(-1);
  }

  all<Type extends RoamingEvent['type']>(type: Type): DataOf<Type>[] {
    const wanted = this.heard.filter((each) => each.type === type);
    return wanted.map(({ data }) => data as DataOf<Type>);
  }

  rows(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.test.database.query<Row>(sql, parameters);
  }

  /** The operator API, as an admin. */
  async api(path: string, body?: object): Promise<{ status: number; body: Row }> {
    const response = await fetch(`${this.running.url}/api/v1/oicp/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${ADMIN_KEY}`,
        'idempotency-key': randomUUID(),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Row };
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.hubject.close();
    await this.test.close();
  }

  private async listen(): Promise<void> {
    await this.running.storage.bus.subscribe(
      consuming(
        'test.roaming-events',
        on(roamingEvents, ({ event }) => {
          this.heard.push(event);
          return Promise.resolve();
        }),
      ),
    );
  }

  private publish(...messages: OutgoingMessage[]): Promise<void> {
    return this.running.storage.bus.publish(messages);
  }
}

export const now = (): Instant => instantAt(Date.now());
export const inSeconds = (seconds: number): Instant => instantAt(Date.now() + seconds * 1_000);

const origin = () => ({
  id: randomUUID(),
  causationId: 'test',
  correlationId: 'test',
  recordedAt: now(),
  tenant: 'voltledger' as never,
  region: 'home' as never,
});
