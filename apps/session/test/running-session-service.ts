import {
  type CellEvent,
  type IssuedToken,
  type LocationEvent,
  type RoamingEvent,
  type StationEvent,
  type TariffEvent,
  cellEvents,
  locationEvents,
  messageFor,
  roamingEvents,
  stationEvents,
  tariffEvents,
} from '@voltledger/contracts';
import { type Message, type OutgoingMessage, type SessionId, streamName } from '@voltledger/kernel';
import {
  ApiKeys,
  type Role,
  type RunningServices,
  newUuid,
  startServices,
} from '@voltledger/platform';
import {
  type FakeClock,
  type TestDatabase,
  at,
  createTestDatabase,
  eventually,
  fakeClock,
} from '@voltledger/testing';
import { sessionService } from '../src/app.module';

export interface SessionRow {
  readonly status: string;
  readonly energy_mwh: number;
  readonly cost_micros: number | null;
  readonly doubts: readonly string[];
  readonly charging_state: string | null;
}

export interface ApiAnswer {
  readonly status: number;
  /** What came, with what the tests look into. */
  readonly body: {
    readonly items: readonly { readonly uid?: string }[];
    readonly next?: string;
    readonly startId: string;
    readonly commandId: string;
  };
}

/** The session service on a real PostgreSQL, and everybody around it played by the test. */
export class RunningSessionService {
  /** Everything that went out, in order per key. */
  readonly sent: Message[] = [];

  private constructor(
    readonly test: TestDatabase,
    readonly running: RunningServices,
    readonly clock: FakeClock,
  ) {}

  static async start(
    settings: Readonly<Record<string, string>> = {},
  ): Promise<RunningSessionService> {
    const test = await createTestDatabase();
    const clock = fakeClock(at('10:00'));
    const environment = {
      ...{ DATABASE_URL: test.url, HTTP_PORT: '0', LOG_LEVEL: 'silent' },
      ...settings,
    };
    const running = await startServices([sessionService], { environment, clock });
    const service = new RunningSessionService(test, running, clock);
    await running.storage.bus.subscribe({
      group: 'test.listener',
      topics: ['session.events.v1', 'station.commands.v1'],
      handle: async (message) => {
        service.sent.push(message);
      },
    });
    return service;
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.test.close();
  }

  station(event: StationEvent, id?: string): Promise<void> {
    const origin = this.origin(event.data.stationId, id);
    return this.publish(messageFor(stationEvents, { ...origin, event }));
  }

  roaming(event: RoamingEvent): Promise<void> {
    return this.publish(messageFor(roamingEvents, { ...this.origin('partner'), event }));
  }

  tariff(event: TariffEvent & { data: { sessionId: SessionId } }): Promise<void> {
    const origin = this.origin(event.data.sessionId);
    return this.publish(messageFor(tariffEvents, { ...origin, event }));
  }

  location(event: LocationEvent): Promise<void> {
    return this.publish(messageFor(locationEvents, { ...this.origin('HARBOUR'), event }));
  }

  cell(event: CellEvent): Promise<void> {
    const origin = this.origin(event.data.stationId);
    return this.publish(messageFor(cellEvents, { ...origin, event }));
  }

  /** Makes a token known, and waits until it is. */
  async knows(token: IssuedToken): Promise<void> {
    await this.roaming({ type: 'TokenReceived', data: { token } });
    await eventually(async () =>
      expect(
        await this.test.database.query(
          `select 1 from session.tokens where lower(uid) = lower($1)`,
          [token.uid],
        ),
      ).toHaveLength(1),
    );
  }

  /** Messages for stations that hold `part`. */
  commands(part: object): { type: string; data: unknown }[] {
    return this.about('station.commands.v1', part);
  }

  /** Published events that hold `part`. */
  events(part: object): { type: string; data: unknown }[] {
    return this.about('session.events.v1', part);
  }

  async story(sessionId: SessionId): Promise<string[]> {
    const events = await this.running.storage.store.read(streamName('session', sessionId));
    return events.map(({ type }) => type);
  }

  async firstEvent(sessionId: SessionId): Promise<object | undefined> {
    const [first] = await this.running.storage.store.read(streamName('session', sessionId));
    return first?.data;
  }

  async row(sessionId: SessionId): Promise<SessionRow | undefined> {
    const [found] = await this.test.database.query<SessionRow>(
      `select status, energy_mwh, cost_micros, doubts, charging_state
       from session.sessions where session_id = $1`,
      [sessionId],
    );
    return found;
  }

  /** The operator API as somebody with that role sees it. */
  async operator(role: Role) {
    const { key } = await this.running.app.get(ApiKeys).create(role, [role]);
    return async (method: string, path: string, body?: object): Promise<ApiAnswer> => {
      const response = await fetch(`${this.running.url}/api/v1/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          'idempotency-key': newUuid(),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const answer = (text === '' ? {} : JSON.parse(text)) as ApiAnswer['body'];
      return { status: response.status, body: answer };
    };
  }

  private about(topic: string, part: object): { type: string; data: unknown }[] {
    const holds = (data: object): boolean =>
      Object.entries(part).every(([name, value]) => data[name as keyof typeof data] === value);
    return this.sent
      .filter((message) => message.topic === topic && holds(message.data as object))
      .map(({ type, data }) => ({ type, data }));
  }

  private publish(message: OutgoingMessage): Promise<void> {
    return this.running.storage.bus.publish([message]);
  }

  private origin(key: string, id: string = newUuid()) {
    return {
      ...{ id, key, causationId: id, correlationId: id, recordedAt: this.clock() },
      ...{ tenant: 'voltledger' as never, region: 'home' as never },
    };
  }
}
