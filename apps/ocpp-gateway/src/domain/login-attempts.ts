/** Failures of one kind lately: an address, or an address at one identity. */
interface Failures {
  readonly count: number;
  /** Epoch milliseconds. */
  readonly lastAt: number;
}

const FREE = 3;
const FORGOTTEN_AFTER = 15 * 60_000;
const WAIT_MAX = 8_000;
const REMEMBERED_MAX = 10_000;

/**
 * Slows repeated wrong logins (OCPP-J-SEC-05). Failures count for an address at an identity, so
 * nobody locks the right station out from elsewhere. Bounded: the oldest are forgotten.
 */
export class LoginAttempts {
  private readonly failures = new Map<string, Failures>();

  /** Milliseconds to wait before the next attempt is judged; doubles with each failure. */
  waitFor(address: string, identity: string, now: number): number {
    const { count } = this.lately(key(address, identity), now);
    return count < FREE ? 0 : Math.min(WAIT_MAX, 250 * 2 ** (count - FREE));
  }

  /** @returns how many failures in a row these are. */
  failed(address: string, identity: string, now: number): number {
    const name = key(address, identity);
    const count = this.lately(name, now).count + 1;
    this.failures.delete(name);
    this.failures.set(name, { count, lastAt: now });
    for (const oldest of this.failures.keys()) {
      if (this.failures.size <= REMEMBERED_MAX) break;
      this.failures.delete(oldest);
    }
    return count;
  }

  succeeded(address: string, identity: string): void {
    this.failures.delete(key(address, identity));
  }

  private lately(name: string, now: number): Failures {
    const known = this.failures.get(name);
    if (known && now - known.lastAt < FORGOTTEN_AFTER) return known;
    return { count: 0, lastAt: now };
  }
}

const key = (address: string, identity: string): string => JSON.stringify([address, identity]);
