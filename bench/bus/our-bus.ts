import { type MessageBus } from '@voltledger/kernel';
import { type RunningBus } from '@voltledger/platform';
import { type Contestant, TOPIC } from './contestant';

/** Counts what a group gets, until it is enough. */
export async function counted(bus: MessageBus, group: string, count: number): Promise<void> {
  let seen = 0;
  let done: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (done = resolve));
  const subscription = await bus.subscribe({
    group,
    topics: [TOPIC],
    handle: () => {
      seen += 1;
      if (seen === count) done();
      return Promise.resolve();
    },
  });
  await all;
  await subscription.stop();
}

/** One of our adapters. */
export const ourBus = (
  name: string,
  bus: RunningBus,
  readable: (count: number) => Promise<void> = () => Promise.resolve(),
): Contestant => ({
  name,
  publish: (messages) => bus.publish(messages),
  readable,
  drain: (count) => counted(bus, `bench.${name}`, count),
  close: () => bus.close(),
});
