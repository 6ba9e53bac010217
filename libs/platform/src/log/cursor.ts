import { type BackOff, backOffMs } from '../back-off';
import { type Place } from './partitions';

const HELD: BackOff = { firstMs: 200, mostMs: 30_000 };

/** Where a reader stands in one slot, and whether it is held back there. */
export class Cursor implements Place {
  readonly topic: string;
  readonly partition: number;
  private reached: number;
  private failuresInARow = 0;
  private heldUntil = 0;

  constructor({ topic, partition, position }: Place) {
    this.topic = topic;
    this.partition = partition;
    this.reached = position;
  }

  get position(): number {
    return this.reached;
  }

  /** Its next entry has failed before: it is handled alone, so that it spoils nothing else. */
  get suspect(): boolean {
    return this.failuresInARow > 0;
  }

  moveTo(position: number): void {
    this.reached = position;
    this.failuresInARow = 0;
  }

  hold(nowMs: number): void {
    this.failuresInARow += 1;
    this.heldUntil = nowMs + backOffMs(HELD, this.failuresInARow);
  }

  /** Milliseconds until it may go on. */
  heldFor(nowMs: number): number {
    return this.suspect ? Math.max(0, this.heldUntil - nowMs) : 0;
  }
}
