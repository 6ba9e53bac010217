import { DATABASE, pushesController } from '@voltledger/platform';
import {
  type EdgeApp,
  PushRig,
  delivered,
  samplePush as push,
  startEdgeApp,
} from '@voltledger/testing';

let rig: PushRig;
let app: EdgeApp;
beforeAll(async () => {
  rig = await PushRig.start();
  app = await startEdgeApp({
    controllers: [pushesController({ path: 'test/pushes', schema: rig.schema }) as never],
    providers: [{ provide: DATABASE, useValue: rig.database }],
  });
});
afterEach(() => rig.clear());
afterAll(async () => {
  await app.close();
  await rig.close();
});

const look = (path = '') => app.call(`/api/v1/test/pushes${path}`, { key: 'viewer' });
const retry = (id: string, key = 'operator') =>
  app.call(`/api/v1/test/pushes/${id}/retry`, { key, method: 'POST' });

describe('pushes, to an operator', () => {
  it('are listed page by page, filtered', async () => {
    await rig.enqueue(push('a'), push('b'), push('c', { partner: 'other' }));
    const first = await look('?limit=2&state=pending');
    expect(first.body).toMatchObject({
      items: [{ id: 'a', partner: 'acme', state: 'pending', attempts: 0 }, { id: 'b' }],
    });
    const second = await look(`?limit=2&state=pending&after=${first.body.next as string}`);
    expect(second.body).toEqual({ items: [expect.objectContaining({ id: 'c' })] });
    expect((await look('?partner=other')).body.items).toHaveLength(1);
    expect((await look('?state=lost')).body).toMatchObject({ errors: [{ field: 'state' }] });
  });

  it("show the partner's answers", async () => {
    rig.working(async () => ({ outcome: 'refused', code: '2001', detail: 'no', answer: { s: 1 } }));
    await rig.enqueue(push('a'));
    await rig.becomes('a', 'refused');
    expect((await look('/a')).body).toMatchObject({
      code: '2001',
      payload: { id: 'a' },
      history: [
        { at: expect.stringMatching(/Z$/) as string, outcome: 'refused', answer: { s: 1 } },
      ],
    });
    expect(await look('/nothing')).toMatchObject({ status: 404, body: { code: 'PUSH_NOT_FOUND' } });
  });

  it('are tried again on request: one that was refused', async () => {
    const answers = ['refused', 'delivered'];
    rig.working(async () =>
      answers.shift() === 'refused' ? { outcome: 'refused', code: 'x', detail: 'y' } : delivered(),
    );
    await rig.enqueue(push('a'));
    await rig.becomes('a', 'refused');
    expect(await retry('a')).toMatchObject({ status: 202, body: { state: 'pending' } });
    await rig.becomes('a', 'delivered');
    expect(await retry('a')).toMatchObject({ status: 409, body: { code: 'PUSH_NOT_REFUSED' } });
  });

  it('are tried again on request: one that waits', async () => {
    await rig.enqueue(push('a'));
    await rig.database.query(`update ${rig.schema}.pushes set due_at = now() + interval '1 hour'`);
    expect(await retry('a', 'finance')).toMatchObject({ status: 202 });
    rig.working(delivered);
    await rig.becomes('a', 'delivered');
  });

  it('are not sent again over something newer, nor by a viewer', async () => {
    const object = { objectKey: 'session:1' };
    rig.working(async ({ id }) =>
      id === 'old' ? { outcome: 'refused', code: 'x', detail: 'y' } : delivered(),
    );
    await rig.enqueue(push('old', object), push('new', object));
    await rig.becomes('new', 'delivered');
    expect(await retry('old')).toMatchObject({ status: 409, body: { code: 'PUSH_OUTDATED' } });
    expect(await retry('old', 'viewer')).toMatchObject({ status: 403 });
  });
});
