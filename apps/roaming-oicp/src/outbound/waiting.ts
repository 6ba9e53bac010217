import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, type Instant } from '@voltledger/kernel';

const LOOK_EVERY_MS = 50;

/**
 * Looks again and again until there is something, or it is too late. What is waited for is a row, so
 * whichever instance the answer reaches, and whatever was restarted meanwhile, it is found.
 */
export async function found<Value>(
  look: () => Promise<Value | null | undefined>,
  until: Instant,
  clock: Clock,
): Promise<Value | undefined> {
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined) return value;
    if (clock() >= until) return undefined;
    await pause(LOOK_EVERY_MS);
  }
}
