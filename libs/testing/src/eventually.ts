import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/**
 * Repeats an assertion until it holds, and throws what it threw last when it does not in time.
 * Tests wait for outcomes with this; they never sleep.
 */
export async function eventually<Result>(
  assertion: () => Result | Promise<Result>,
  withinMs = 10_000,
): Promise<Result> {
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(LOOK_EVERY_MS);
    }
  }
}
