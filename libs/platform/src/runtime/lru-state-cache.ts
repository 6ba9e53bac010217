import { LRUCache } from 'lru-cache';
import { type Known, type StateCache, type StreamName } from '@voltledger/kernel';

const STATES_MAX = 20_000;

/** The states of the streams worked on lately, in this process's memory. */
export class LruStateCache implements StateCache {
  private readonly states = new LRUCache<StreamName, Known<unknown>>({ max: STATES_MAX });

  get(stream: StreamName): Known<unknown> | undefined {
    return this.states.get(stream);
  }

  set(stream: StreamName, known: Known<unknown>): void {
    this.states.set(stream, known);
  }

  clear(): void {
    this.states.clear();
  }
}
