import { DeliveryFailed } from '@voltledger/platform';
import { PushRig, delivered, samplePush as push } from '@voltledger/testing';

let rig: PushRig;
beforeAll(async () => {
  rig = await PushRig.start();
});
afterEach(() => rig.clear());
afterAll(() => rig.close());

describe('a push', () => {
  it('is delivered, and what follows from it happens once', async () => {
    rig.working(delivered);
    await rig.enqueue(push('a'));
    await rig.enqueue(push('a'));
    await rig.becomes('a', 'delivered');
    expect(await rig.told()).toEqual(['a']);
    expect(await rig.records.show('a')).toMatchObject({
      reference: 'their-1',
      payload: { id: 'a' },
      attempts: 1,
      history: [{ outcome: 'delivered' }],
    });
  });

  it('does not exist when its fact does not', async () => {
    const failing = rig.database.transaction(async (tx) => {
      await rig.queue.enqueue(tx, [push('a')]);
      throw new Error('the projector failed');
    });
    await expect(failing).rejects.toThrow('the projector failed');
    await expect(rig.records.show('a')).rejects.toMatchObject({ code: 'PUSH_NOT_FOUND' });
  });

  it('is tried until the partner takes it, and every answer is kept', async () => {
    const { problems } = rig.working(async ({ attempt }) => {
      if (attempt < 4) throw new DeliveryFailed('HTTP_503', `busy ${attempt}`, { status: 503 });
      return delivered();
    });
    await rig.enqueue(push('a'));
    await rig.becomes('a', 'delivered');
    const { history } = await rig.records.show('a');
    expect(history.map(({ outcome, detail }) => detail ?? outcome)).toEqual([
      'busy 1',
      'busy 2',
      'busy 3',
      'delivered',
    ]);
    expect(problems).toEqual([]);
  });

  it('survives a mistake of ours, which is reported', async () => {
    const { problems } = rig.working(async ({ attempt }) => {
      if (attempt === 1) throw new TypeError('undefined is not a function');
      return delivered();
    });
    await rig.enqueue(push('a'));
    await rig.becomes('a', 'delivered');
    expect(problems).toEqual([expect.any(TypeError)]);
  });

  it('is refused for good when the partner refuses it, and blocks no other', async () => {
    const worker = rig.working(async ({ id }) =>
      id === 'a' ? { outcome: 'refused', code: '2001', detail: 'no' } : delivered(),
    );
    await rig.enqueue(push('a', { objectKey: 'x' }), push('b', { objectKey: 'x' }), push('c'));
    await rig.becomes('b', 'delivered');
    await rig.becomes('c', 'delivered');
    expect(await rig.records.show('a')).toMatchObject({
      state: 'refused',
      code: '2001',
      detail: 'no',
    });
    expect(worker.tried.filter((id) => id === 'a')).toHaveLength(1);
    expect((await rig.told()).sort()).toEqual(['a', 'b', 'c']);
  });

  it('expires when its time is over, even when nobody could be asked', async () => {
    rig.working(() => Promise.reject(new Error('down')), {
      ageMsMax: 50,
      backOffMsMin: 60_000,
      backOffMsMax: 60_000,
    });
    await rig.enqueue(push('a'));
    await rig.database.query(
      `update ${rig.schema}.pushes set enqueued_at = now() - interval '1 minute'`,
    );
    await rig.becomes('a', 'refused');
    expect(await rig.records.show('a')).toMatchObject({ code: 'EXPIRED' });
    expect(await rig.told()).toEqual(['a']);
  });
});
