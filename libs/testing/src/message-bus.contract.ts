import {
  type GroupSubscription,
  type MessageBus,
  type Subscription,
  type Transaction,
  UnreadableMessage,
} from '@voltledger/kernel';
import { eventually } from './eventually';
import { thing } from './thing';

/** Another process, as far as the bus can tell. */
export interface Member {
  readonly bus: MessageBus;
  readonly close: () => Promise<void>;
  readonly crash: () => Promise<void>;
}

/** An adapter under test, with a database that its handlers write to. */
export interface BusUnderTest {
  readonly member: () => Promise<Member>;
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const TOPIC = thing('', 0).topic;

/** What every `MessageBus` promises; run against each adapter on a real server. */
export function messageBusContract(start: () => Promise<BusUnderTest>): void {
  let test: BusUnderTest;
  let open: (() => Promise<void>)[];

  beforeEach(async () => {
    test = await start();
    open = [];
    await test.transaction((tx) =>
      tx.query('create table effects (n bigserial primary key, key text, id text)'),
    );
  });

  afterEach(async () => {
    for (const close of open.reverse()) await close();
    await test.close();
  });

  const member = async () => {
    const made = await test.member();
    open.push(made.close);
    return made;
  };

  const effects = () =>
    test.transaction((tx) =>
      tx.query<{ key: string; id: string }>('select key, id from effects order by n'),
    );

  const recording = (more: Partial<GroupSubscription> = {}): GroupSubscription => ({
    group: 'recorder',
    topics: [TOPIC],
    handle: async ({ key, id }, tx) => {
      await tx.query('insert into effects (key, id) values ($1, $2)', [key, id]);
    },
    ...more,
  });

  const subscribed = async (bus: MessageBus, subscription: GroupSubscription) => {
    const running: Subscription = await bus.subscribe(subscription);
    return running;
  };

  const ids = async () => (await effects()).map(({ id }) => id);

  it('gives every message to every group, whole', async () => {
    const { bus } = await member();
    const seen: unknown[] = [];
    await subscribed(bus, recording());
    await subscribed(bus, {
      group: 'watcher',
      topics: [TOPIC],
      handle: async (message) => void seen.push(message),
    });
    await bus.publish([thing('a', 1)]);
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]).toMatchObject(thing('a', 1));
    await eventually(async () => expect(await ids()).toEqual(['a/1']));
  });

  it('starts at the first message, or at the end for those who want news only', async () => {
    const { bus } = await member();
    await bus.publish([thing('a', 1)]);
    const late: string[] = [];
    await subscribed(bus, recording());
    await subscribed(bus, {
      group: 'news',
      topics: [TOPIC],
      startAt: 'end',
      handle: async ({ id }) => void late.push(id),
    });
    await bus.publish([thing('a', 2)]);
    await eventually(() => expect(late).toEqual(['a/2']));
    await eventually(async () => expect(await ids()).toEqual(['a/1', 'a/2']));
  });

  it('keeps the order of each key, with many publishers and two members that come and go', async () => {
    const one = await member();
    const two = await member();
    await subscribed(one.bus, recording());
    const publishing = Array.from({ length: 8 }, async (_, publisher) => {
      for (let number = 1; number <= 60; number += 1)
        await one.bus.publish([thing(`key${publisher}`, number)]);
    });
    const joined = await subscribed(two.bus, recording());
    await Promise.all(publishing);
    await joined.stop();
    await eventually(async () => expect(await effects()).toHaveLength(480), 30_000);
    const all = await effects();
    for (const key of new Set(all.map((effect) => effect.key)))
      expect(all.filter((effect) => effect.key === key).map(({ id }) => id)).toEqual(
        Array.from({ length: 60 }, (_, index) => `${key}/${index + 1}`),
      );
  });

  it('goes on where a stopped group stood', async () => {
    const { bus } = await member();
    const running = await subscribed(bus, recording());
    await bus.publish([thing('a', 1)]);
    await eventually(async () => expect(await ids()).toEqual(['a/1']));
    await running.stop();
    await bus.publish([thing('a', 2)]);
    await subscribed(bus, recording());
    await eventually(async () => expect(await ids()).toEqual(['a/1', 'a/2']));
  });

  it('takes over from a member that died in the middle, with each effect once', async () => {
    const dying = await member();
    let started: () => void = () => undefined;
    const inWork = new Promise<void>((resolve) => (started = resolve));
    const hanging = recording({
      handle: async ({ key, id }, tx) => {
        await tx.query('insert into effects (key, id) values ($1, $2)', [key, id]);
        started();
        await new Promise(() => undefined);
      },
    });
    await subscribed(dying.bus, hanging);
    await dying.bus.publish([thing('a', 1)]);
    await inWork;
    await dying.crash();
    const { bus } = await member();
    await subscribed(bus, recording());
    await eventually(async () => expect(await ids()).toEqual(['a/1']), 20_000);
  });

  it('publishes in a transaction only when it commits', async () => {
    const { bus } = await member();
    await subscribed(bus, recording());
    const failing = test.transaction(async (tx) => {
      await bus.publish([thing('a', 1)], tx);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await test.transaction((tx) => bus.publish([thing('a', 2)], tx));
    await eventually(async () => expect(await ids()).toEqual(['a/2']));
  });

  it('publishes what a handler publishes together with its effects and its offset', async () => {
    const { bus } = await member();
    let failures = 1;
    await subscribed(
      bus,
      recording({
        handle: async ({ key, id }, tx) => {
          await tx.query('insert into effects (key, id) values ($1, $2)', [key, id]);
          if (key === 'a') await bus.publish([thing('b', 1)], tx);
          if (key === 'a' && failures-- > 0) throw new Error('not yet');
        },
      }),
    );
    await bus.publish([thing('a', 1)]);
    await eventually(async () => expect(await ids()).toEqual(['a/1', 'b/1']));
  });

  it('holds back a message whose handler fails, and those behind it, and tries again', async () => {
    const { bus } = await member();
    let failures = 3;
    await subscribed(
      bus,
      recording({
        handle: async ({ key, id }, tx) => {
          if (id === 'a/2' && failures-- > 0) throw new Error('the database of a partner is away');
          await tx.query('insert into effects (key, id) values ($1, $2)', [key, id]);
        },
      }),
    );
    await bus.publish([thing('a', 1), thing('a', 2), thing('a', 3)]);
    await eventually(async () => expect(await ids()).toEqual(['a/1', 'a/2', 'a/3']));
  });

  it('parks a message nobody can read, without its half-done work, and goes on', async () => {
    const { bus } = await member();
    await subscribed(
      bus,
      recording({
        handle: async ({ key, id }, tx) => {
          await tx.query('insert into effects (key, id) values ($1, $2)', [key, id]);
          if (id === 'a/2') throw new UnreadableMessage('number: must be positive');
        },
      }),
    );
    await bus.publish([thing('a', 1), thing('a', 2), thing('a', 3)]);
    await eventually(async () => expect(await ids()).toEqual(['a/1', 'a/3']));
  });

  it('reads everything again after a group was set back', async () => {
    const { bus } = await member();
    await subscribed(bus, recording());
    await bus.publish([thing('a', 1), thing('b', 1)]);
    await eventually(async () => expect(await effects()).toHaveLength(2));
    await test.transaction((tx) => bus.rewind('recorder', tx));
    await eventually(async () =>
      expect((await ids()).sort()).toEqual(['a/1', 'a/1', 'b/1', 'b/1']),
    );
  });
}
