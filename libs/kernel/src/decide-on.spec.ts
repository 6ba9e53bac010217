import { MemoryEventStore } from '@voltledger/testing';
import { type Aggregates, SNAPSHOT_EVERY, currently, decideOn, eventOf } from './decide-on';
import { type Decider, fold } from './decider';
import { DomainError } from './domain-error';
import { type Cause, RevisionConflict, categoryOf, streamIdOf, streamName } from './event-store';
import { type Region, type TenantId } from './ids';

interface Counted {
  readonly type: 'Counted';
  readonly data: { readonly by: number };
}

/** Counts up to a limit; asked for 0 it has nothing to do. */
const counter: Decider<number, number, Counted> = {
  ...{ category: 'counter', schemaVersion: 2, stateVersion: 1, initial: 0 },
  decide: (by, total) => {
    if (total + by > 1_000) throw new DomainError('TOO_MUCH', 'No more than a thousand.');
    return by === 0 ? [] : [{ type: 'Counted', data: { by } }];
  },
  evolve: (total, { data }) => total + data.by,
  upcast: (event, version) =>
    version === 1
      ? { type: 'Counted', data: { by: (event.data as { step: number }).step } }
      : event,
};

const cause = (causationId: string): Cause => ({
  ...{ causationId, correlationId: 'story' },
  ...{ tenant: 'acme' as TenantId, region: 'eu' as Region },
});

const stream = streamName('counter', 'a');
const one = { type: 'Counted', data: { by: 1 } };

let shelf: MemoryEventStore;
let aggregates: Aggregates;
beforeEach(() => {
  shelf = new MemoryEventStore();
  aggregates = { store: shelf, cache: new Map() };
});

const count = (by: number, id: string) => decideOn(aggregates, counter, 'a', by, cause(id));
const counted = (id: string, schemaVersion = 2) =>
  shelf.put(stream, one, { ...cause(id), schemaVersion });
const elsewhere = (): Aggregates => ({ store: shelf, cache: new Map() });

describe('bringing a command to an aggregate', () => {
  it('appends what was decided, with cause and schema version', async () => {
    const decision = await count(5, 'm1');
    expect(decision).toEqual({
      state: 5,
      revision: 1,
      events: [{ type: 'Counted', data: { by: 5 } }],
    });
    const [event] = shelf.streams.get(stream)!;
    expect(event!.metadata).toEqual({ ...cause('m1'), schemaVersion: 2 });
  });

  it('writes nothing when nothing was decided', async () => {
    expect(await count(0, 'm1')).toEqual({ state: 0, revision: 0, events: [] });
    expect(shelf.streams.size).toBe(0);
  });

  it('answers a cause once, also to a process that never saw it', async () => {
    await count(5, 'm1');
    expect(await count(5, 'm1')).toEqual({ state: 5, revision: 1, events: [] });
    const repeated = await decideOn(elsewhere(), counter, 'a', 5, cause('m1'));
    expect(repeated).toEqual({ state: 5, revision: 1, events: [] });
  });

  it('decides again on what a faster writer wrote', async () => {
    shelf.meanwhile = [() => counted('other')];
    expect(await count(5, 'm1')).toMatchObject({ state: 6, revision: 2 });
  });

  it('gives up when others keep being faster, and has written nothing of its own', async () => {
    shelf.meanwhile = Array.from({ length: 9 }, (_, at) => () => counted(`other${at}`));
    await expect(count(5, 'm1')).rejects.toThrow(RevisionConflict);
    expect(shelf.streams.get(stream)!.every(({ data }) => 'by' in data && data.by === 1)).toBe(
      true,
    );
  });

  it('passes the decider’s refusal on', async () => {
    await expect(count(1_001, 'm1')).rejects.toThrow(expect.objectContaining({ code: 'TOO_MUCH' }));
  });

  it('keeps streams of different aggregates apart', () => {
    expect(categoryOf(stream)).toBe('counter');
    expect(streamIdOf(streamName('counter', 'a-b-c'))).toBe('a-b-c');
  });
});

describe('a cached state', () => {
  it('saves reading the stream', async () => {
    await count(1, 'm1');
    shelf.reads = [];
    await count(1, 'm2');
    expect(shelf.reads).toEqual([]);
  });

  it('that is behind is found out by the append', async () => {
    await count(1, 'm1');
    counted('other');
    expect(await count(1, 'm2')).toMatchObject({ state: 3, revision: 3 });
  });

  it('that is behind refuses nothing: the store is asked first', async () => {
    await count(1_000, 'm1');
    shelf.put(
      stream,
      { type: 'Counted', data: { by: -500 } },
      { ...cause('other'), schemaVersion: 2 },
    );
    expect(await count(400, 'm2')).toMatchObject({ state: 900 });
  });
});

describe('1.11 snapshots', () => {
  it(`are taken every ${SNAPSHOT_EVERY} events, and spare reading what is before`, async () => {
    for (let at = 0; at < SNAPSHOT_EVERY + 1; at += 1) await count(1, `m${at}`);
    expect(shelf.snapshots.get(stream)).toEqual({
      ...{ revision: SNAPSHOT_EVERY, state: SNAPSHOT_EVERY, stateVersion: 1 },
    });
    shelf.reads = [];
    expect(await currently(elsewhere(), counter, 'a')).toEqual({ revision: 201, state: 201 });
    expect(shelf.reads).toEqual([SNAPSHOT_EVERY]);
  });

  it('of another state version are ignored; the state is the same without any', async () => {
    counted('m1');
    shelf.snapshots.set(stream, { revision: 1, stateVersion: 0, state: 'of another form' });
    expect(await currently(elsewhere(), counter, 'a')).toEqual({ revision: 1, state: 1 });
  });

  it('reads long streams in pages', async () => {
    for (let at = 0; at < 2_001; at += 1) counted(`m${at}`);
    expect(await currently(elsewhere(), counter, 'a')).toEqual({ revision: 2_001, state: 2_001 });
    expect(shelf.reads).toEqual([0, 1_000, 2_000]);
  });
});

describe('1.12 versions of events', () => {
  it('reads an older event as today’s', async () => {
    const old = { type: 'Counted', data: { step: 7 } };
    shelf.put(stream, old, { ...cause('m1'), schemaVersion: 1 });
    expect(await currently(elsewhere(), counter, 'a')).toEqual({ revision: 1, state: 7 });
  });

  it('stops at an event of a newer version instead of guessing', async () => {
    counted('m1', 3);
    await expect(currently(elsewhere(), counter, 'a')).rejects.toThrow(/schema version 3/);
    await expect(count(1, 'm2')).rejects.toThrow(/newer than ours/);
    expect(shelf.streams.get(stream)).toHaveLength(1);
  });

  it('needs no upcaster while there is one version only', () => {
    const { upcast: _, ...plain } = counter;
    counted('m1');
    const [recorded] = shelf.streams.get(stream)!;
    expect(eventOf(plain, recorded!)).toEqual(one);
  });
});

it('a fold starts at the initial state', () =>
  expect(fold(counter, [{ type: 'Counted', data: { by: 2 } }])).toBe(2));
