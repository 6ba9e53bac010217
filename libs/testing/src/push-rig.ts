import { setTimeout as pause } from 'node:timers/promises';
import { type Transaction } from '@voltledger/kernel';
import {
  type Database,
  type Delivery,
  type NewPush,
  type Push,
  PushQueue,
  PushRecords,
  type PushSettings,
  PushWorker,
  pushMigration,
} from '@voltledger/platform';
import { eventually } from './eventually';
import { type TestDatabase, createTestDatabase } from './test-database';

export type PartnerAnswer = (push: Push, signal: AbortSignal) => Promise<Delivery>;

const schema = 'roaming_test';
const service = {
  name: 'roaming-test',
  migrations: [
    pushMigration(schema),
    { name: 'roaming-test/told', up: [`create table ${schema}.told (n serial, id text)`] },
  ],
};
const quick = { backOffMsMin: 20, backOffMsMax: 200, probeMsMax: 100, graceMs: 200 };

/** A worker whose partners answer as the test says; `told` is what followed from their answers. */
export class TestPushWorker extends PushWorker {
  readonly schema = schema;
  /** Ids of the pushes that were sent, in order. */
  readonly tried: string[] = [];
  readonly problems: unknown[];
  private readonly end = new AbortController();
  private ended: Promise<void> = Promise.resolve();

  constructor(
    database: Database,
    private readonly answer: PartnerAnswer,
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
    await tx.query(`insert into ${schema}.told (id) values ($1)`, [push.id]);
  }

  /** As the runtime does: again and again until stopped. */
  start(): this {
    const again = async () => {
      while (!this.end.signal.aborted) {
        await this.run(this.end.signal);
        await pause(5);
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

/** A queue of pushes on a database of its own. */
export class PushRig {
  readonly schema = schema;
  readonly queue: PushQueue;
  readonly records: PushRecords;
  private workers: TestPushWorker[] = [];

  private constructor(private readonly store: TestDatabase) {
    this.queue = new PushQueue(store.database, schema);
    this.records = new PushRecords(store.database, schema);
  }

  static async start(): Promise<PushRig> {
    return new PushRig(await createTestDatabase(service));
  }

  get database(): Database {
    return this.store.database;
  }

  working(answer: PartnerAnswer, settings?: Partial<PushSettings>): TestPushWorker {
    const worker = new TestPushWorker(this.database, answer, settings).start();
    this.workers.push(worker);
    return worker;
  }

  enqueue(...pushes: NewPush[]): Promise<void> {
    return this.database.transaction((tx) => this.queue.enqueue(tx, pushes));
  }

  /** Waits until a push is in that state. */
  becomes(id: string, state: string): Promise<void> {
    return eventually(async () => {
      expect((await this.records.show(id)).state).toBe(state);
    });
  }

  /** Ids of the pushes whose answer had its effect, in order. */
  async told(): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `select id from ${schema}.told order by n`,
    );
    return rows.map(({ id }) => id);
  }

  /** Stops the workers and empties the queue. */
  async clear(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop()));
    this.workers = [];
    await this.database.query(`truncate ${schema}.pushes, ${schema}.told`);
  }

  async close(): Promise<void> {
    await this.clear();
    await this.store.close();
  }
}

export const delivered = async (): Promise<Delivery> => ({
  outcome: 'delivered',
  reference: 'their-1',
});

/** To partner `acme`, of an object of its own. */
export const samplePush = (id: string, more: Partial<NewPush> = {}): NewPush => ({
  id,
  partner: 'acme',
  objectKey: `session:${id}`,
  kind: 'session.put',
  payload: { id },
  correlationId: `c-${id}`,
  ...more,
});
