import { setTimeout as pause } from 'node:timers/promises';
import { type RunningBus } from '@voltledger/platform';
import { type Contestant, TOPIC, messages } from './contestant';

const PUBLISHERS = 4;
const BATCH = 100;
const PACE_MS = 10;

/** Messages per second. */
export interface Throughput {
  readonly publish: number;
  readonly drain: number;
}

export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** Publishes all of them in batches, then reads them from the first on. */
export async function throughput(contestant: Contestant, count: number): Promise<Throughput> {
  const all = messages(count);
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, nth) =>
    all.slice(nth * BATCH, (nth + 1) * BATCH),
  );
  const publish = await perSecond(count, async () => {
    let next = 0;
    const publisher = async (): Promise<void> => {
      for (let batch = batches[next++]; batch; batch = batches[next++])
        await contestant.publish(batch);
    };
    await Promise.all(Array.from({ length: PUBLISHERS }, publisher));
  });
  await contestant.readable(count);
  return { publish, drain: await perSecond(count, () => contestant.drain(count)) };
}

/** From `publish` to the handler, one message after the other at an easy pace. */
export async function latency(bus: RunningBus, count: number): Promise<Latency> {
  const began = new Map<string, number>();
  const took: number[] = [];
  const subscription = await bus.subscribe({
    group: 'bench.latency',
    topics: [TOPIC],
    startAt: 'end',
    handle: ({ id }) => {
      const start = began.get(id);
      if (start !== undefined) took.push(performance.now() - start);
      return Promise.resolve();
    },
  });
  const paced = messages(count).map((each) => ({ ...each, id: `paced-${each.id}` }));
  await warmUp(bus, took, began);
  for (const each of paced) {
    began.set(each.id, performance.now());
    await bus.publish([each]);
    await pause(PACE_MS);
  }
  while (took.length < count) await pause(PACE_MS);
  await subscription.stop();
  took.sort((one, other) => one - other);
  const at = (share: number): number => took[Math.floor((took.length - 1) * share)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

/** A group needs a moment to begin. */
async function warmUp(bus: RunningBus, took: number[], began: Map<string, number>): Promise<void> {
  const [first] = messages(1);
  if (!first) return;
  began.set('warm', performance.now());
  await bus.publish([{ ...first, id: 'warm' }]);
  while (took.length === 0) await pause(PACE_MS);
  took.length = 0;
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return count / ((performance.now() - start) / 1_000);
}
