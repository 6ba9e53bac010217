import { UnreadableMessage, type Message } from '@voltledger/kernel';
import { ParkedMessages, busMigrations } from '@voltledger/platform';
import {
  type EdgeApp,
  type TestDatabase,
  createTestDatabase,
  startEdgeApp,
} from '@voltledger/testing';

let store: TestDatabase;
let app: EdgeApp;
let handled: Message[];
let readable: boolean;
beforeAll(async () => {
  store = await createTestDatabase({ name: 'bus', migrations: busMigrations });
  const parked = new ParkedMessages(store.database, async (_group, message) => {
    if (!readable) throw new UnreadableMessage('data.kWh: must be a number');
    handled.push(message);
  });
  app = await startEdgeApp({ controllers: [], bus: { parked } });
});
afterAll(async () => {
  await app.close();
  await store.close();
});
beforeEach(async () => {
  handled = [];
  readable = true;
  await store.database.query('delete from bus.parked');
  for (const id of ['m1', 'm2', 'm3'])
    await store.database.query(
      `insert into bus.parked (group_name, reason, message) values ('billing.sessions', 'odd', $1)`,
      [
        {
          id,
          topic: 'session.events.v1',
          type: 'SessionEnded',
          key: 's1',
          correlationId: 'c',
          data: {},
        },
      ],
    );
});

const call = (path = '', key = 'operator', method = 'GET') =>
  app.call(`/api/v1/parked-messages${path}`, { key, method });
const ids = async () => {
  const { body } = await call();
  return (body.items as { id: number; messageId: string }[]).map(({ id }) => id);
};

describe('parked messages', () => {
  it('are listed with their reason, page by page, and shown whole', async () => {
    const { body } = await call('?limit=2', 'viewer');
    expect(body.items).toMatchObject([
      { group: 'billing.sessions', reason: 'odd', topic: 'session.events.v1', messageId: 'm1' },
      { messageId: 'm2' },
    ]);
    const rest = await call(`?limit=2&after=${body.next as string}`);
    expect(rest.body.items).toMatchObject([{ messageId: 'm3' }]);
    const [id] = await ids();
    expect((await call(`/${id!}`)).body).toMatchObject({ message: { id: 'm1', data: {} } });
    expect(await call(`/${id!}`, 'viewer')).toMatchObject({ status: 403 });
  });

  it('are given to their group again', async () => {
    const [id] = await ids();
    expect(await call(`/${id!}/replay`, 'operator', 'POST')).toMatchObject({ status: 200 });
    expect(handled).toMatchObject([{ id: 'm1' }]);
    expect(await call(`/${id!}`)).toMatchObject({ status: 404 });
  });

  it('stay parked when they still cannot be read, and say why', async () => {
    readable = false;
    const [id] = await ids();
    expect(await call(`/${id!}/replay`, 'operator', 'POST')).toMatchObject({
      status: 409,
      body: { code: 'STILL_UNREADABLE', detail: 'data.kWh: must be a number' },
    });
    expect(await ids()).toContain(id);
  });

  it('are dropped by an admin only', async () => {
    const [id] = await ids();
    expect(await call(`/${id!}`, 'operator', 'DELETE')).toMatchObject({ status: 403 });
    expect(await call(`/${id!}`, 'admin', 'DELETE')).toMatchObject({ status: 200 });
    expect(await ids()).not.toContain(id);
    expect(await call('/x', 'admin', 'DELETE')).toMatchObject({ status: 400 });
  });
});
