import { LRUCache } from 'lru-cache';
import { type RecordedEvent, type Revision, type StreamName } from '@voltledger/kernel';

const CAUSES_MAX = 500_000;

/** What a stream has answered, as far as we have seen it. */
export class AnsweredCauses {
  private readonly answers = new Map<string, Revision>();
  private seen: Revision = 0;

  /** Every cause up to here is known. */
  get revision(): Revision {
    return this.seen;
  }

  get size(): number {
    return this.answers.size + 1;
  }

  /** The revision behind which the stream stood when it had answered this cause. */
  answerTo(causationId: string): Revision | undefined {
    return this.answers.get(causationId);
  }

  /** The next events of the stream; what is known already is passed over. */
  learn(events: readonly Pick<RecordedEvent, 'revision' | 'metadata'>[]): void {
    for (const { revision, metadata } of events) {
      if (revision !== this.seen + 1) continue;
      this.answers.set(metadata.causationId, revision);
      this.seen = revision;
    }
  }
}

/** The streams written to lately. What is not here is read from the stream again. */
export class CausesOfStreams {
  private readonly streams = new LRUCache<StreamName, AnsweredCauses>({
    maxSize: CAUSES_MAX,
    sizeCalculation: ({ size }) => size,
  });

  of(stream: StreamName): AnsweredCauses {
    return this.streams.get(stream) ?? new AnsweredCauses();
  }

  keep(stream: StreamName, causes: AnsweredCauses): void {
    this.streams.set(stream, causes);
  }
}
