import { setTimeout as pause } from 'node:timers/promises';
import { DeliveryFailed } from '@voltledger/platform';
import { PushRig, delivered, eventually, samplePush as push } from '@voltledger/testing';

let rig: PushRig;
beforeAll(async () => {
  rig = await PushRig.start();
});
afterEach(() => rig.clear());
afterAll(() => rig.close());

const many = (partner: string, count: number) =>
  Array.from({ length: count }, (_, n) => push(`${partner}-${n}`, { partner }));

describe('a partner that is dead or slow', () => {
  it('delays nobody else, however much waits for it', async () => {
    const worker = rig.working(
      ({ partner }) =>
        partner === 'slow' ? pause(60_000, undefined as never, { ref: false }) : delivered(),
      { graceMs: 1 },
    );
    await rig.enqueue(...many('slow', 200));
    await eventually(() => expect(worker.tried).toHaveLength(4));
    await rig.enqueue(...many('well', 20));
    await Promise.all(many('well', 20).map(({ id }) => rig.becomes(id, 'delivered')));
    expect(worker.tried.filter((id) => id.startsWith('slow'))).toHaveLength(4);
  });

  it('holds its place no longer than a delivery may take, even if it ignores the signal', async () => {
    rig.working(({ attempt }) => (attempt === 1 ? new Promise(() => undefined) : delivered()), {
      deliveryMsMax: 50,
    });
    await rig.enqueue(push('a'));
    await rig.becomes('a', 'delivered');
    const { history } = await rig.records.show('a');
    expect(history).toMatchObject([{ code: 'NO_ANSWER_TIMEOUT' }, { outcome: 'delivered' }]);
  });

  it('is probed with one push at a time, and gets everything at once when it is back', async () => {
    let up = false;
    const worker = rig.working(
      async () => {
        if (!up) throw new DeliveryFailed('HTTP_502', 'down');
        return delivered();
      },
      // Once failed, a push would wait for ten minutes, were it not woken.
      { backOffMsMin: 600_000, backOffMsMax: 600_000, probeMsMax: 30 },
    );
    await rig.enqueue(...many('acme', 50));
    await eventually(() => expect(worker.tried.length).toBeGreaterThan(9));
    up = true;
    await Promise.all(many('acme', 50).map(({ id }) => rig.becomes(id, 'delivered')));
    expect(new Set(await rig.told()).size).toBe(50);
    expect(await rig.told()).toHaveLength(50);
  });

  it('gets nothing more when it is gone', async () => {
    await rig.enqueue(push('a'), push('b', { partner: 'other' }));
    await rig.database.transaction((tx) => rig.queue.withdraw(tx, 'acme', 'unregistered'));
    const worker = rig.working(delivered);
    await rig.becomes('b', 'delivered');
    expect(worker.tried).toEqual(['b']);
    expect(await rig.records.show('a')).toMatchObject({
      state: 'withdrawn',
      detail: 'unregistered',
    });
  });
});

it('is not told what was only being enqueued when it went (withdraw waits for that)', async () => {
  let withdrawing: Promise<void> | undefined;
  await rig.database.transaction(async (tx) => {
    await rig.queue.enqueue(tx, [push('a')]);
    withdrawing = rig.database.transaction((other) => rig.queue.withdraw(other, 'acme', 'gone'));
    await pause(50);
  });
  await withdrawing;
  expect((await rig.records.show('a')).state).toBe('withdrawn');
});

describe('an instance that dies or stops', () => {
  it('leaves its push to another, when the lease has run out', async () => {
    const answers: { late?: () => void } = {};
    const dead = rig.working(
      () => new Promise((resolve) => (answers.late = () => resolve(delivered()))),
      // A process that was killed says nothing any more.
      { leaseMs: 300, beatMs: 60_000 },
    );
    await rig.enqueue(push('a'));
    await eventually(() => expect(dead.tried).toEqual(['a']));
    const heir = rig.working(delivered);
    await rig.becomes('a', 'delivered');
    expect(heir.tried).toEqual(['a']);
    // The one thought dead answers after all: what follows happens once all the same.
    answers.late?.();
    await dead.stop();
    expect(await rig.told()).toEqual(['a']);
  });

  it('keeps a push whose partner takes long to answer, as long as it lives', async () => {
    const leaseMs = 300;
    const slow = rig.working(
      async () => {
        await pause(4 * leaseMs);
        return delivered();
      },
      { leaseMs, beatMs: 50 },
    );
    await rig.enqueue(push('a'));
    await eventually(() => expect(slow.tried).toEqual(['a']));
    const other = rig.working(delivered);
    await rig.becomes('a', 'delivered');
    expect(other.tried).toEqual([]);
    expect(await rig.told()).toEqual(['a']);
  });

  it('lets what is under way arrive before it stops', async () => {
    const worker = rig.working(async () => {
      await pause(80);
      return delivered();
    });
    await rig.enqueue(push('a'));
    await eventually(() => expect(worker.tried).toEqual(['a']));
    await worker.stop();
    expect((await rig.records.show('a')).state).toBe('delivered');
  });

  it('gives up what takes too long then, without counting it as a try', async () => {
    const worker = rig.working(() => new Promise(() => undefined));
    await rig.enqueue(push('a'));
    await eventually(() => expect(worker.tried).toEqual(['a']));
    await worker.stop();
    expect(await rig.records.show('a')).toMatchObject({
      state: 'pending',
      attempts: 0,
      history: [],
    });
    rig.working(delivered);
    await rig.becomes('a', 'delivered');
  });

  it('does not forget an answer because the database was busy for a moment', async () => {
    const busy = rig.database.transaction(async (tx) => {
      await tx.query(`lock table ${rig.schema}.told`);
      await eventually(() => expect(worker.tried).toEqual(['a']));
      await pause(100);
    });
    const worker = rig.working(delivered);
    await rig.enqueue(push('a'));
    await busy;
    await rig.becomes('a', 'delivered');
    expect(worker.tried).toEqual(['a']);
    expect(await rig.told()).toEqual(['a']);
  });

  it('shares the work: twenty pushes, three instances, each told once', async () => {
    const instances = [1, 2, 3].map(() => rig.working(delivered));
    await rig.enqueue(...many('acme', 20), ...many('other', 20));
    await eventually(async () => expect(await rig.told()).toHaveLength(40));
    expect(instances.flatMap(({ tried }) => tried).sort()).toEqual((await rig.told()).sort());
  });
});
