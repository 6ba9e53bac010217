import { type Tariff, type TariffEvent, received, tariffEvents } from '@voltledger/contracts';
import { type OutgoingMessage, type SessionId } from '@voltledger/kernel';
import { ApiKeys, type RunningServices, newUuid, startServices } from '@voltledger/platform';
import { type TestDatabase, createTestDatabase } from '@voltledger/testing';
import { tariffService } from '../src/app.module';

type Data<Type extends TariffEvent['type']> = Extract<TariffEvent, { type: Type }>['data'];

/** The tariff service on a database of its own, with somebody who hears all it tells. */
export class TariffRig {
  private readonly heard: TariffEvent[] = [];

  private constructor(
    private readonly test: TestDatabase,
    private readonly running: RunningServices,
    private readonly key: string,
    private readonly otherKey: string,
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<TariffRig> {
    const test = await createTestDatabase();
    const environment = { DATABASE_URL: test.url, HTTP_PORT: '0', LOG_LEVEL: 'silent' };
    const running = await startServices([tariffService], {
      environment: { ...environment, TARIFF_PRICE_REST_MS: '20', ...settings },
    });
    const keys = running.app.get(ApiKeys);
    const { key } = await keys.create('test', ['admin']);
    const { key: other } = await keys.create('approver', ['finance']);
    const rig = new TariffRig(test, running, key, other);
    await running.storage.bus.subscribe({
      group: 'test.tariff-events',
      topics: [tariffEvents.name],
      handle: (message) => {
        rig.heard.push(received(tariffEvents, message).event);
        return Promise.resolve();
      },
    });
    return rig;
  }

  async close(): Promise<void> {
    await this.running.close();
    await this.test.close();
  }

  /** As the second pair of eyes. */
  callAsOther(path: string, method: string, body: object): Promise<Response> {
    return this.call(path, method, body, this.otherKey);
  }

  async json<Answer>(path: string): Promise<Answer> {
    return (await this.call(path)).json() as Promise<Answer>;
  }

  call(path: string, method = 'GET', body?: object, key = this.key): Promise<Response> {
    return fetch(`${this.running.url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'idempotency-key': newUuid(),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async publish({ updatedAt: _updatedAt, ...draft }: Tariff): Promise<void> {
    const answer = await this.call(`tariffs/${draft.tariffId}`, 'PUT', draft);
    if (answer.status !== 200) throw new Error(await answer.text());
  }

  hear(messages: readonly OutgoingMessage[]): Promise<void> {
    return this.running.storage.bus.publish(messages);
  }

  all(): readonly TariffEvent[] {
    return this.heard;
  }

  about(sessionId: SessionId): TariffEvent[] {
    return this.heard.filter(({ data }) => 'sessionId' in data && data.sessionId === sessionId);
  }

  typesAbout(sessionId: SessionId): string[] {
    return this.about(sessionId).map(({ type }) => type);
  }

  last<Type extends TariffEvent['type']>(sessionId: SessionId, type: Type): Data<Type> | undefined {
    const found = this.about(sessionId).findLast((event) => event.type === type);
    return found?.data as Data<Type> | undefined;
  }
}
