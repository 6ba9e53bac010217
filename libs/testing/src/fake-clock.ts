import { type Clock, type Instant, instant, plusMillis } from '@voltledger/kernel';

export interface FakeClock extends Clock {
  /** Moves on by so many milliseconds. */
  advance(milliseconds: number): void;
  set(now: Instant): void;
}

/** A clock that stands still until the test moves it. */
export function fakeClock(start: Instant | string = '2026-03-05T11:00:00Z'): FakeClock {
  let now = instant(start);
  return Object.assign(() => now, {
    advance: (milliseconds: number) => {
      now = plusMillis(now, milliseconds);
    },
    set: (to: Instant) => {
      now = to;
    },
  });
}
