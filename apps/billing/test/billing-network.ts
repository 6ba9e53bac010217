import { type CdrEvent } from '@voltledger/contracts';
import { type OutgoingMessage, type SessionId, streamName } from '@voltledger/kernel';
import {
  ApiKeys,
  type Role,
  type RunningServices,
  newUuid,
  startServices,
} from '@voltledger/platform';
import { type TestDatabase, createTestDatabase, eventually } from '@voltledger/testing';
import { billingService } from '../src/app.module';
import { type EndedSession } from '../src/domain/ended-session';
import { storyOf } from './messages';
import { session } from './samples';

export interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Billing on a database of its own, without the services around it: a test tells what they say. */
export class BillingNetwork {
  private readonly keys = new Map<Role, string>();

  private constructor(
    readonly test: TestDatabase,
    readonly running: RunningServices,
  ) {}

  static async start(
    prepare?: (test: TestDatabase) => Promise<unknown>,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<BillingNetwork> {
    const test = await createTestDatabase();
    await prepare?.(test);
    // The sample sessions are all of one token and one hour.
    const samples = { BILLING_OVERLAP_SECONDS_MAX: '3600' };
    const own = { DATABASE_URL: test.url, HTTP_PORT: '0', LOG_LEVEL: 'silent', ...samples };
    const environment = { ...own, ...settings };
    return new BillingNetwork(test, await startServices([billingService], { environment }));
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.test.close();
  }

  hear(...messages: OutgoingMessage[]): Promise<void> {
    return this.running.storage.bus.publish(messages);
  }

  async eventsOf({ sessionId }: Pick<EndedSession, 'sessionId'>): Promise<CdrEvent[]> {
    const events = await this.running.storage.store.read(streamName('cdr', sessionId));
    return events.map(({ type, data }) => ({ type, data }) as CdrEvent);
  }

  /** Waits until these events have happened to the session's CDRs, and no others. */
  happened(to: Pick<EndedSession, 'sessionId'>, ...types: CdrEvent['type'][]): Promise<void> {
    return eventually(async () => {
      const events = await this.eventsOf(to);
      expect(events.map(({ type }) => type)).toEqual(types);
    });
  }

  /** A session whose story was told. */
  async charged(sample: EndedSession = session): Promise<EndedSession> {
    const charged = anew(sample);
    await this.hear(...storyOf(charged));
    return charged;
  }

  async count(table: string, where = 'true', ...parameters: unknown[]): Promise<number> {
    const sql = `select count(*) as rows from ${table} where ${where}`;
    const [row] = await this.test.database.query<{ rows: number }>(sql, parameters);
    return row?.rows ?? 0;
  }

  async call(
    role: Role,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered> {
    const response = await fetch(`${this.running.url}/api/v1/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${await this.keyOf(role)}`,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  }

  private async keyOf(role: Role): Promise<string> {
    const known = this.keys.get(role);
    if (known !== undefined) return known;
    const { key } = await this.running.app.get(ApiKeys).create(role, [role]);
    this.keys.set(role, key);
    return key;
  }
}

/** The sample, as a session of its own. */
export const anew = (sample: EndedSession = session): EndedSession => ({
  ...sample,
  sessionId: newUuid() as string as SessionId,
});
