import { randomBytes, randomUUID } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import {
  type CdrEvent,
  type EventOf,
  type LocationEvent,
  type SessionEvent,
  type TariffEvent,
  type Topic,
  cdrEvents,
  locationEvents,
  messageFor,
  received,
  roamingEvents,
  type RoamingEvent,
  sessionEvents,
  tariffEvents,
} from '@voltledger/contracts';
import {
  type Instant,
  type OutgoingMessage,
  type Region,
  type TenantId,
  instantAt,
} from '@voltledger/kernel';
import {
  ApiKeys,
  type Environment,
  type RunningServices,
  type ServiceDefinition,
  startServices,
} from '@voltledger/platform';
import { type z } from 'zod';
import { OcpiPartner, type PartnerInvitation } from './ocpi-partner';
import { type TestDatabase, createTestDatabase } from './test-database';

/** A service that speaks OCPI, alone on real sockets and a database of its own. */
export interface OcpiRig {
  readonly url: string;
  readonly database: TestDatabase['database'];
  /** What the service told the others, in the order they heard it. */
  readonly news: RoamingEvent[];
  /** Another service says so. */
  readonly locations: (...events: LocationEvent[]) => Promise<void>;
  readonly tariffs: (...events: TariffEvent[]) => Promise<void>;
  readonly sessions: (...events: SessionEvent[]) => Promise<void>;
  readonly cdrs: (...events: CdrEvent[]) => Promise<void>;
  /** The operator API. @throws Error with the problem when it refuses */
  readonly operate: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Adds a partner and makes it an invitation. */
  readonly invite: (partnerId: string) => Promise<PartnerInvitation>;
  /** A partner on its own server, not yet known here. It ends with the rig. */
  readonly stranger: () => Promise<OcpiPartner>;
  /** One that is registered. */
  readonly partner: (partnerId: string) => Promise<OcpiPartner>;
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const scope = { tenant: 'voltledger' as TenantId, region: 'home' as Region };

/** Starts the service on a free port, with an admin's key. */
export async function startOcpiRig(
  service: ServiceDefinition,
  settings: Environment = {},
): Promise<OcpiRig> {
  const database = await createTestDatabase();
  const environment = await environmentFor(database, settings);
  const url = environment.OCPI_PUBLIC_URL;
  let running = await startServices([service], { environment });
  const { key } = await running.app.get(ApiKeys).create('test', ['admin']);
  const news: RoamingEvent[] = [];
  await listen(running, news);
  const publish = (messages: readonly OutgoingMessage[]) => running.storage.bus.publish(messages);
  const operate = operatorOf(url, key);
  const partners = partnersAt(operate);
  return {
    ...{ url, database: database.database, news, operate },
    locations: (...events) => publish(messagesOf(locationEvents, events)),
    tariffs: (...events) => publish(messagesOf(tariffEvents, events)),
    sessions: (...events) => publish(messagesOf(sessionEvents, events)),
    cdrs: (...events) => publish(messagesOf(cdrEvents, events)),
    ...{ invite: partners.invite, stranger: partners.stranger, partner: partners.partner },
    restart: async () => {
      await running.close();
      running = await startServices([service], { environment });
      await listen(running, news);
    },
    close: async () => {
      await partners.close();
      await running.close();
      await database.close();
    },
  };
}

async function environmentFor({ url }: TestDatabase, settings: Environment) {
  const port = String(await freePort());
  return {
    DATABASE_URL: url,
    HTTP_PORT: port,
    LOG_LEVEL: 'silent',
    OCPI_PUBLIC_URL: `http://127.0.0.1:${port}`,
    OCPI_SECRET_KEY: randomBytes(32).toString('base64'),
    OCPI_SESSION_PUSH_SECONDS: '0',
    ALLOW_PRIVATE_PARTNERS: 'true',
    ...settings,
  };
}

function partnersAt(operate: OcpiRig['operate']) {
  const started: OcpiPartner[] = [];
  const stranger = async () => {
    const partner = await OcpiPartner.start();
    started.push(partner);
    return partner;
  };
  const invite = async (partnerId: string) => {
    await operate('POST', 'ocpi/partners', { partnerId, name: partnerId });
    return operate<PartnerInvitation>('POST', `ocpi/partners/${partnerId}/invitation`);
  };
  const partner = async (partnerId: string) => {
    const known = await stranger();
    await known.registerAt(await invite(partnerId));
    return known;
  };
  const close = () => Promise.all(started.map((each) => each.down()));
  return { stranger, invite, partner, close };
}

async function listen({ storage }: RunningServices, news: RoamingEvent[]): Promise<void> {
  await storage.bus.subscribe({
    group: 'test.news',
    topics: [roamingEvents.name],
    handle: (message) => {
      news.push(received(roamingEvents, message).event);
      return Promise.resolve();
    },
  });
}

/** Messages about one thing keep their order: it is what they carry the id of. */
function messagesOf<Events extends Record<string, z.ZodType<object>>>(
  topic: Topic<Events>,
  events: readonly EventOf<Topic<Events>>[],
): OutgoingMessage[] {
  return events.map((event) =>
    messageFor(topic, {
      ...{ id: randomUUID(), key: keyOf(event.data as Record<string, unknown>), event },
      ...{ causationId: randomUUID(), correlationId: randomUUID(), recordedAt: now(), ...scope },
    }),
  );
}

let last = 0;
/** Each message a millisecond after the one before. */
function now(): Instant {
  last = Math.max(Date.now(), last + 1);
  return instantAt(last);
}

function keyOf(data: Record<string, unknown>): string {
  const { location, tariff, cdr, credit } = data as Record<string, Record<string, string>>;
  const { sessionId, locationId, tariffId, startId, requestId } = data as Record<string, string>;
  const named = [
    sessionId,
    cdr?.['sessionId'],
    credit?.['sessionId'],
    locationId,
    location?.['locationId'],
    tariffId,
    tariff?.['tariffId'],
    startId,
    requestId,
  ];
  return named.find((each) => each !== undefined) ?? 'key';
}

const operatorOf =
  (url: string, key: string) =>
  async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'idempotency-key': randomUUID(),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer;
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
