import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, epochMillis } from '@voltledger/kernel';
import { type CalledOperation } from '@voltledger/oicp';
import { CLOCK } from '@voltledger/platform';
import { CONNECTION, type Connection } from '../config';

const MINUTE = 60_000;
const BACK_OFF_MIN_MS = 1_000;
const BACK_OFF_MAX_MS = 60_000;
/** Of a minute's calls, so many may come at once; the others follow evenly. */
const BURST_SHARE = 6;
/** Where the policy names no limit. */
const CALLS_PER_MINUTE = 60;

interface Bucket {
  readonly calls: number;
  tokens: number;
  refilledAt: number;
  throttledUntil: number;
  throttles: number;
}

/**
 * Calls per minute and operation, as Hubject's usage policy allows them (OICP-LIM-01): a burst of a
 * sixth, and five sixths spread over the minute, so no minute ever sees more. Known to this process
 * only: with several instances, set `OICP_CALLS_PER_MINUTE` to a share each.
 */
@Injectable()
export class CallLimiter {
  private readonly buckets = new Map<CalledOperation, Bucket>();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONNECTION) private readonly connection: Connection,
  ) {}

  /** Takes a call's place, or says how many milliseconds until there may be one. */
  take(operation: CalledOperation): number {
    const [bucket, now] = this.refilled(operation);
    if (now < bucket.throttledUntil) return bucket.throttledUntil - now;
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / refillPerMs(bucket));
    bucket.tokens -= 1;
    return 0;
  }

  /** Waits for its turn. @throws when `signal` is aborted before. */
  async turn(operation: CalledOperation, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const wait = this.take(operation);
      if (wait === 0) return;
      await pause(Math.min(wait, MINUTE), undefined, signal && { signal });
    }
  }

  /** More than half of the burst is left: there is room for what is merely nice to know. */
  isRelaxed(operation: CalledOperation): boolean {
    const [bucket, now] = this.refilled(operation);
    return now >= bucket.throttledUntil && bucket.tokens >= burst(bucket) / 2;
  }

  /** HTTP 429: hold back, longer each time in a row (OICP-LIM-02). `spread`: 0 to 1. */
  throttled(operation: CalledOperation, spread: number): void {
    const [bucket, now] = this.refilled(operation);
    const doubled = Math.min(BACK_OFF_MAX_MS, BACK_OFF_MIN_MS * 2 ** bucket.throttles);
    bucket.throttles += 1;
    bucket.throttledUntil = now + Math.round(doubled * (0.75 + spread / 2));
  }

  answered(operation: CalledOperation): void {
    const [bucket] = this.refilled(operation);
    bucket.throttles = 0;
  }

  private refilled(operation: CalledOperation): [Bucket, number] {
    const now = epochMillis(this.clock());
    const bucket = this.buckets.get(operation) ?? this.opened(operation, now);
    const earned = Math.max(0, now - bucket.refilledAt) * refillPerMs(bucket);
    bucket.tokens = Math.min(burst(bucket), bucket.tokens + earned);
    bucket.refilledAt = now;
    return [bucket, now];
  }

  private opened(operation: CalledOperation, now: number): Bucket {
    const { name, callsPerMinute } = this.connection.oicp.called[operation];
    const calls =
      this.connection.config.OICP_CALLS_PER_MINUTE.get(name) ?? callsPerMinute ?? CALLS_PER_MINUTE;
    const bucket = { calls, tokens: 0, refilledAt: now, throttledUntil: 0, throttles: 0 };
    bucket.tokens = burst(bucket);
    this.buckets.set(operation, bucket);
    return bucket;
  }
}

const burst = ({ calls }: Pick<Bucket, 'calls'>): number =>
  Math.max(1, Math.floor(calls / BURST_SHARE));
const refillPerMs = (bucket: Pick<Bucket, 'calls'>): number =>
  Math.max(1, bucket.calls - burst(bucket)) / MINUTE;
