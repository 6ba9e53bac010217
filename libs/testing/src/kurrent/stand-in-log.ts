import { EventEmitter } from 'node:events';

const POSITION_STEP = 128;
const METADATA_OF = '$$';

/** An event as it is proposed. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Kept extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** In the log of everything: grows, with gaps. */
  readonly position: number;
  readonly createdMs: number;
}

export type ExpectedState = number | 'any' | 'no stream' | 'stream exists';

interface Limits {
  readonly $tb?: number;
  readonly $maxCount?: number;
}

/** What the stand-in keeps, in memory: streams, and one log of everything in the order written. */
export class StandInLog {
  readonly all: Kept[] = [];
  readonly written = new EventEmitter().setMaxListeners(0);
  private readonly streams = new Map<string, Kept[]>();

  /** @returns the last event's revision and position; undefined when the stream is elsewhere. */
  append(stream: string, expected: ExpectedState, proposed: readonly Proposed[]): Kept | undefined {
    const kept = this.streams.get(stream) ?? [];
    const last = kept.length - 1;
    if (!fits(expected, last)) return repeatOf(kept, expected, proposed);
    for (const event of proposed) {
      const position = (this.all.length + 1) * POSITION_STEP;
      const revision = kept.length;
      const one = { ...event, stream, revision, position, createdMs: Date.now() };
      kept.push(one);
      this.all.push(one);
    }
    this.streams.set(stream, kept);
    this.written.emit('written');
    return kept.at(-1);
  }

  /** @returns -1 when there is no such stream. */
  lastRevisionOf(stream: string): number {
    return (this.streams.get(stream)?.length ?? 0) - 1;
  }

  /** What a reader gets to see of a stream; undefined when there is none. */
  read(stream: string, from: number, count: number): Kept[] | undefined {
    const kept = this.streams.get(stream);
    if (!kept) return undefined;
    const { $tb = 0, $maxCount = Infinity } = this.limitsOf(stream);
    const first = Math.max($tb, kept.length - $maxCount, from);
    return kept.slice(first, first + count);
  }

  private limitsOf(stream: string): Limits {
    const latest = this.streams.get(METADATA_OF + stream)?.at(-1);
    return latest ? (JSON.parse(Buffer.from(latest.data).toString()) as Limits) : {};
  }
}

const fits = (expected: ExpectedState, last: number): boolean =>
  expected === 'any' ||
  (expected === 'no stream' && last < 0) ||
  (expected === 'stream exists' && last >= 0) ||
  expected === last;

/** Known ids behind the expected revision are a repeat, and answered as if they were written now. */
function repeatOf(
  kept: readonly Kept[],
  expected: ExpectedState,
  proposed: readonly Proposed[],
): Kept | undefined {
  const behind = expected === 'no stream' ? -1 : expected;
  if (typeof behind !== 'number') return undefined;
  const there = proposed.map((_, index) => kept[behind + 1 + index]);
  return there.every((each, index) => each?.id === proposed[index]?.id) ? there.at(-1) : undefined;
}
