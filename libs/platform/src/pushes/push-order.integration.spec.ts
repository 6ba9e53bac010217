import { DeliveryFailed } from '@voltledger/platform';
import {
  type PartnerAnswer,
  PushRig,
  delivered,
  eventually,
  samplePush as push,
} from '@voltledger/testing';

let rig: PushRig;
beforeAll(async () => {
  rig = await PushRig.start();
});
afterEach(() => rig.clear());
afterAll(() => rig.close());

describe('pushes of one object', () => {
  const object = { objectKey: 'session:1' };

  it('leave in order, one at a time, also with several instances', async () => {
    const seen: string[] = [];
    let underWay = 0;
    const answer: PartnerAnswer = async ({ id, attempt }) => {
      underWay += 1;
      expect(underWay).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay -= 1;
      if (id === 'p2' && attempt < 3) throw new DeliveryFailed('HTTP_500', 'not now');
      seen.push(id);
      return delivered();
    };
    rig.working(answer);
    rig.working(answer);
    const ids = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
    await rig.enqueue(...ids.map((id) => push(id, object)));
    await rig.becomes('p5', 'delivered');
    expect(seen).toEqual(ids);
  });

  it('become visible in order although their transactions overlap', async () => {
    const first = rig.database.transaction(async (tx) => {
      await rig.queue.enqueue(tx, [push('slow', object)]);
      await new Promise((resolve) => setTimeout(resolve, 150));
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const worker = rig.working(delivered);
    await Promise.all([first, rig.enqueue(push('fast', object))]);
    await rig.becomes('fast', 'delivered');
    expect(worker.tried).toEqual(['slow', 'fast']);
  });

  it('are replaced by a newer one that says the same better', async () => {
    await rig.enqueue(push('v1', object), push('other', { ...object, kind: 'session.stop' }));
    await rig.enqueue(
      push('v2', { ...object, supersedes: true }),
      push('v3', { ...object, supersedes: true }),
    );
    const worker = rig.working(delivered);
    await rig.becomes('v3', 'delivered');
    expect(worker.tried).toEqual(['other', 'v3']);
    expect(await rig.records.show('v1')).toMatchObject({ state: 'superseded' });
    expect(await rig.told()).toEqual(['other', 'v3']);
  });

  it('let one that is on its way arrive, but try it no more when it is replaced', async () => {
    const answers: { fail?: (error: Error) => void } = {};
    const worker = rig.working(({ id }) => {
      if (id !== 'v1') return delivered();
      return new Promise((_, reject) => (answers.fail = reject));
    });
    await rig.enqueue(push('v1', object));
    await eventually(() => expect(worker.tried).toEqual(['v1']));
    await rig.enqueue(push('v2', { ...object, supersedes: true }));
    expect((await rig.records.show('v1')).state).toBe('pending');
    answers.fail?.(new DeliveryFailed('HTTP_500', 'no'));
    await rig.becomes('v2', 'delivered');
    expect((await rig.records.show('v1')).state).toBe('superseded');
    expect(worker.tried).toEqual(['v1', 'v2']);
  });
});
