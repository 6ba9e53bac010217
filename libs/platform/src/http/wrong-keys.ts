import { createHash } from 'node:crypto';

const PER_MINUTE = 20;
const MINUTE = 60_000;
const ADDRESSES_MAX = 10_000;
const TRUSTED_MAX = 1_000;
const TRUSTED_FOR = 10 * MINUTE;

interface Window {
  readonly since: number;
  readonly count: number;
}

/**
 * Slows who tries keys: after 20 wrong ones in a minute an address has to wait for the next minute,
 * before the database is asked. A key that was right lately goes on, from whatever address: several
 * callers may share one behind a proxy. Of one process; bounded, the oldest are forgotten.
 */
export class WrongKeys {
  private readonly windows = new Map<string, Window>();
  private readonly trusted = new Map<string, number>();

  /** @returns seconds to wait before this key is looked at; 0: at once. */
  waitFor(address: string, key: string, now: number): number {
    const window = this.windows.get(address);
    if (!window || window.count < PER_MINUTE) return 0;
    const left = window.since + MINUTE - now;
    if (left <= 0 || this.trusts(key, now)) return 0;
    return Math.ceil(left / 1_000);
  }

  wasWrong(address: string, now: number): void {
    const known = this.windows.get(address);
    const current = known && now - known.since < MINUTE ? known : { since: now, count: 0 };
    this.windows.delete(address);
    this.windows.set(address, { ...current, count: current.count + 1 });
    forgetOldest(this.windows, ADDRESSES_MAX);
  }

  wasRight(key: string, now: number): void {
    const name = digest(key);
    this.trusted.delete(name);
    this.trusted.set(name, now);
    forgetOldest(this.trusted, TRUSTED_MAX);
  }

  private trusts(key: string, now: number): boolean {
    const at = this.trusted.get(digest(key));
    return at !== undefined && now - at < TRUSTED_FOR;
  }
}

function forgetOldest(map: Map<string, unknown>, max: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= max) return;
    map.delete(oldest);
  }
}

/** A key itself is not kept in memory. */
const digest = (key: string): string => createHash('sha256').update(key).digest('base64');
