import { Injectable } from '@nestjs/common';
import { type Verdict } from '@voltledger/ocpp';
import { LRUCache } from 'lru-cache';

const REMEMBERED_MAX = 20_000;

/**
 * Where stations' questions wait for `AuthorizationAnswered`. Verdicts are remembered for a while:
 * a station that repeats its report asks with the same id, and nobody answers twice.
 */
@Injectable()
export class AuthorizationDesk {
  private readonly waiting = new Map<string, (verdict: Verdict) => void>();
  private readonly verdicts = new LRUCache<string, Verdict>({ max: REMEMBERED_MAX });

  /**
   * Register before the question leaves. Resolves with undefined when the time is over; a verdict
   * that comes later is only remembered (OCPP-J-AUTH-08).
   */
  verdictOn(requestId: string, budgetSeconds: number): Promise<Verdict | undefined> {
    const known = this.verdicts.get(requestId);
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiting.delete(requestId);
        resolve(undefined);
      }, budgetSeconds * 1_000);
      this.waiting.set(requestId, (verdict) => {
        clearTimeout(timer);
        resolve(verdict);
      });
    });
  }

  /** Nobody will ask any more: the question could not be put. */
  forget(requestId: string): void {
    this.waiting.get(requestId)?.({ status: 'refused', refusal: 'UNAVAILABLE' });
    this.waiting.delete(requestId);
  }

  /** @returns whether a station waits for it here. */
  settle(requestId: string, verdict: Verdict): boolean {
    this.verdicts.set(requestId, verdict);
    const waiting = this.waiting.get(requestId);
    this.waiting.delete(requestId);
    waiting?.(verdict);
    return waiting !== undefined;
  }
}
