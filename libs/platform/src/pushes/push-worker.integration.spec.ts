import { type Transaction } from '@voltledger/kernel';
import { type TestDatabase, createTestDatabase, eventually } from '@voltledger/testing';
import { type Database } from '../tokens';
import { type Delivery, DeliveryFailed, type NewPush, type Push } from './push';
import { PushQueue } from './push-queue';
import { PushRecords } from './push-records';
import { type PushSettings } from './push-settings';
import { pushMigration } from './push-table';
import { PushWorker } from './push-worker';

const schema = 'roaming_test';
const migrations = [
  pushMigration(schema),
  { name: 'roaming-test/told', up: [`create table ${schema}.told (id text)`] },
];
type Answer = (push: Push, signal: AbortSignal) => Promise<Delivery>;

const delivered = async (): Promise<Delivery> => ({ outcome: 'delivered', reference: 'their-1' });
const quick = { backOffMsMin: 20, backOffMsMax: 200, probeMsMax: 100, graceMs: 200 };

class TestWorker extends PushWorker {
  readonly schema = schema;
  readonly tried: string[] = [];
  readonly problems: unknown[];
  private readonly end = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    database: Database,
    private readonly answer: Answer,
    settings: Partial<PushSettings> = {},
  ) {
    const problems: unknown[] = [];
    super(database, { report: (error) => void problems.push(error) }, { ...quick, ...settings });
    this.problems = problems;
  }

  protected override deliver(push: Push, signal: AbortSignal): Promise<Delivery> {
    this.tried.push(push.id);
    return this.answer(push, signal);
  }

  protected override async settled(push: Push, _: Delivery, tx: Transaction): Promise<void> {
    await tx.query(`insert into ${schema}.told values ($1)`, [push.id]);
  }

  /** As the runtime does: again and again until stopped. */
  start(): this {
    const again = async () => {
      while (!this.end.signal.aborted) {
        await this.run(this.end.signal);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    this.ended = again();
    return this;
  }

  async stop(): Promise<void> {
    this.end.abort();
    await this.ended;
  }
}

let store: TestDatabase;
let database: Database;
let queue: PushQueue;
let records: PushRecords;
let workers: TestWorker[];
beforeAll(async () => {
  store = await createTestDatabase({ name: 'roaming-test', migrations });
  database = store.database;
  queue = new PushQueue(database, schema);
  records = new PushRecords(database, schema);
});
afterAll(() => store.close());
beforeEach(async () => {
  workers = [];
  await database.query(`truncate ${schema}.pushes, ${schema}.told`);
});
afterEach(async () => {
  await Promise.all(workers.map((each) => each.stop()));
});

const working = (answer: Answer, settings?: Partial<PushSettings>): TestWorker => {
  const started = new TestWorker(database, answer, settings).start();
  workers.push(started);
  return started;
};
const push = (id: string, more: Partial<NewPush> = {}): NewPush => ({
  id,
  partner: 'acme',
  objectKey: `session:${id}`,
  kind: 'session.put',
  payload: { id },
  correlationId: `c-${id}`,
  ...more,
});
const enqueue = (...pushes: NewPush[]) => database.transaction((tx) => queue.enqueue(tx, pushes));
const stateOf = async (id: string) => (await records.show(id)).state;
const told = async () =>
  (await database.query<{ id: string }>(`select id from ${schema}.told`)).map(({ id }) => id);
const becomes = (id: string, state: string) =>
  eventually(async () => {
    expect(await stateOf(id)).toBe(state);
  });

describe('a push', () => {
  it('is delivered, and what follows from it happens once', async () => {
    working(delivered);
    await enqueue(push('a'));
    await enqueue(push('a'));
    await becomes('a', 'delivered');
    expect(await told()).toEqual(['a']);
    expect(await records.show('a')).toMatchObject({
      reference: 'their-1',
      payload: { id: 'a' },
      attempts: 1,
      history: [{ outcome: 'delivered' }],
    });
  });

  it('does not exist when its fact does not', async () => {
    const failing = database.transaction(async (tx) => {
      await queue.enqueue(tx, [push('a')]);
      throw new Error('the projector failed');
    });
    await expect(failing).rejects.toThrow('the projector failed');
    await expect(records.show('a')).rejects.toMatchObject({ code: 'PUSH_NOT_FOUND' });
  });

  it('is tried until the partner takes it, and every answer is kept', async () => {
    const { problems } = working(async ({ attempt }) => {
      if (attempt < 4) throw new DeliveryFailed('HTTP_503', `busy ${attempt}`, { status: 503 });
      return delivered();
    });
    await enqueue(push('a'));
    await becomes('a', 'delivered');
    const { history } = await records.show('a');
    expect(history.map(({ outcome, detail }) => detail ?? outcome)).toEqual([
      'busy 1',
      'busy 2',
      'busy 3',
      'delivered',
    ]);
    expect(problems).toEqual([]);
  });

  it('survives a mistake of ours, which is reported', async () => {
    const { problems } = working(async ({ attempt }) => {
      if (attempt === 1) throw new TypeError('undefined is not a function');
      return delivered();
    });
    await enqueue(push('a'));
    await becomes('a', 'delivered');
    expect(problems).toEqual([expect.any(TypeError)]);
  });

  it('is refused for good when the partner refuses it, and blocks no other', async () => {
    const worker = working(async ({ id }) =>
      id === 'a' ? { outcome: 'refused', code: '2001', detail: 'no' } : delivered(),
    );
    await enqueue(push('a', { objectKey: 'x' }), push('b', { objectKey: 'x' }), push('c'));
    await becomes('b', 'delivered');
    await becomes('c', 'delivered');
    expect(await records.show('a')).toMatchObject({ state: 'refused', code: '2001', detail: 'no' });
    expect(worker.tried.filter((id) => id === 'a')).toHaveLength(1);
    expect((await told()).sort()).toEqual(['a', 'b', 'c']);
  });

  it('expires when its time is over, even when nobody could be asked', async () => {
    working(() => Promise.reject(new Error('down')), {
      ageMsMax: 50,
      backOffMsMin: 60_000,
      backOffMsMax: 60_000,
    });
    await enqueue(push('a'));
    await database.query(`update ${schema}.pushes set enqueued_at = now() - interval '1 minute'`);
    await becomes('a', 'refused');
    expect(await records.show('a')).toMatchObject({ code: 'EXPIRED' });
    expect(await told()).toEqual(['a']);
  });
});

describe('pushes of one object', () => {
  const object = { objectKey: 'session:1' };

  it('leave in order, one at a time, also with several instances', async () => {
    const seen: string[] = [];
    let underWay = 0;
    const answer: Answer = async ({ id, attempt }) => {
      underWay += 1;
      expect(underWay).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay -= 1;
      if (id === 'p2' && attempt < 3) throw new DeliveryFailed('HTTP_500', 'not now');
      seen.push(id);
      return delivered();
    };
    working(answer);
    working(answer);
    const ids = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
    await enqueue(...ids.map((id) => push(id, object)));
    await becomes('p5', 'delivered');
    expect(seen).toEqual(ids);
  });

  it('become visible in order although their transactions overlap', async () => {
    const first = database.transaction(async (tx) => {
      await queue.enqueue(tx, [push('slow', object)]);
      await new Promise((resolve) => setTimeout(resolve, 150));
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const worker = working(delivered);
    await Promise.all([first, enqueue(push('fast', object))]);
    await becomes('fast', 'delivered');
    expect(worker.tried).toEqual(['slow', 'fast']);
  });

  it('are replaced by a newer one that says the same better', async () => {
    await enqueue(push('v1', object), push('other', { ...object, kind: 'session.stop' }));
    await enqueue(
      push('v2', { ...object, supersedes: true }),
      push('v3', { ...object, supersedes: true }),
    );
    const worker = working(delivered);
    await becomes('v3', 'delivered');
    expect(worker.tried).toEqual(['other', 'v3']);
    expect(await records.show('v1')).toMatchObject({ state: 'superseded' });
    expect(await told()).toEqual(['other', 'v3']);
  });

  it('let one that is on its way arrive, but try it no more when it is replaced', async () => {
    const answers: { fail?: (error: Error) => void } = {};
    const worker = working(({ id }) => {
      if (id !== 'v1') return delivered();
      return new Promise((_, reject) => (answers.fail = reject));
    });
    await enqueue(push('v1', object));
    await eventually(() => expect(worker.tried).toEqual(['v1']));
    await enqueue(push('v2', { ...object, supersedes: true }));
    expect(await stateOf('v1')).toBe('pending');
    answers.fail?.(new DeliveryFailed('HTTP_500', 'no'));
    await becomes('v2', 'delivered');
    expect(await stateOf('v1')).toBe('superseded');
    expect(worker.tried).toEqual(['v1', 'v2']);
  });
});
