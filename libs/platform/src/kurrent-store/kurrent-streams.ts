import {
  type EventData,
  type KurrentDBClient,
  NO_STREAM,
  NotLeaderError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import { type RecordedEvent, type Revision, type StreamName } from '@voltledger/kernel';
import { StreamTruncated } from './errors';
import { recordedEvent, revisionOf } from './kurrent-event';

const ANSWER_MS_MAX = 15_000;
const LEADERS_TRIED_MAX = 3;

/** The stream was at another revision: at this one, as far as the server tells. */
export class WrongRevision {
  constructor(readonly actual: Revision) {}
}

/** Streams of a KurrentDB, in our way of counting. */
export class KurrentStreams {
  constructor(private readonly client: KurrentDBClient) {}

  /** @returns the revision behind the last of `events`, or that the stream is elsewhere. */
  async write(
    stream: StreamName,
    expected: Revision,
    events: EventData[],
  ): Promise<Revision | WrongRevision> {
    const streamState = expected === 0 ? NO_STREAM : BigInt(expected - 1);
    for (let tried = 1; ; tried += 1) {
      try {
        const appended = this.client.appendToStream(stream, events, { streamState });
        const { nextExpectedRevision } = await answeredInTime(appended, stream);
        return revisionOf(nextExpectedRevision);
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) return wrongRevision(error);
        // Nothing was written, and the client knows the new leader now.
        if (error instanceof NotLeaderError && tried < LEADERS_TRIED_MAX) continue;
        throw error;
      }
    }
  }

  /** @throws StreamTruncated when the next events are gone. */
  async read(stream: StreamName, after: Revision, limit: number): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    const options = { fromRevision: BigInt(after), maxCount: limit };
    try {
      for await (const { event } of this.client.readStream(stream, options))
        if (event) events.push(recordedEvent(event));
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
    const [first] = events;
    if (first && first.revision !== after + 1)
      throw new StreamTruncated(stream, after, first.revision);
    return events;
  }
}

const wrongRevision = ({ actualState }: WrongExpectedVersionError): WrongRevision =>
  new WrongRevision(typeof actualState === 'bigint' ? revisionOf(actualState) : 0);

/** The client waits for good when a server takes an append and never answers. */
async function answeredInTime<Answer>(answer: Promise<Answer>, stream: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`KurrentDB has not answered an append to ${stream} in time`));
    }, ANSWER_MS_MAX);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
