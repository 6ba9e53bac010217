import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type KurrentDBClient,
  type Position,
  START,
  eventTypeFilter,
  streamNameFilter,
} from '@kurrent/kurrentdb-client';
import { type RecordedEvent } from '@voltledger/kernel';
import { isSystemEvent, recordedEvent } from './kurrent-event';
import { INSTALLATION_STREAM } from './installation';

const BUFFERED_MAX = 1_000;
const SEARCHED_AT_ONCE = 1_000;
const NO_SYSTEM_EVENTS = '^[^$].*';

/** A place in the log of everything; `event`: what stands there, when that concerns the reader. */
export interface Place {
  readonly position: Position;
  readonly event: RecordedEvent | undefined;
}

/** One connection of a reader: everything behind a position, and then what is written. */
export class CatchUp {
  private readonly subscription: AllStreamSubscription;
  /** So far nothing concerned us, and everything before it is taken. */
  private idleAt: Position | undefined;
  private failure: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(
    client: KurrentDBClient,
    private readonly from: Position,
    categories: readonly string[] | undefined,
  ) {
    const shared = {
      maxSearchWindow: SEARCHED_AT_ONCE,
      checkpointInterval: 1,
      checkpointReached: (_: unknown, position: Position) => this.searched(position),
    };
    const filter = categories
      ? streamNameFilter({ ...shared, prefixes: categories.map((each) => `${each}-`) })
      : eventTypeFilter({ ...shared, regex: NO_SYSTEM_EVENTS });
    const fromPosition = from.commit === 0n ? START : from;
    this.subscription = client.subscribeToAll(
      { filter, fromPosition },
      { highWaterMark: BUFFERED_MAX },
    );
    this.listen();
  }

  /**
   * What has arrived, at most `most`; empty when nothing has.
   *
   * @throws Error when the connection is gone and everything that came over it is taken.
   */
  take(most: number): Place[] {
    const places: Place[] = [];
    while (places.length < most) {
      const next = this.subscription.read() as AllStreamResolvedEvent | null;
      if (next === null) break;
      const place = this.placeOf(next);
      if (place) places.push(place);
    }
    if (places.length > 0) return places;
    if (this.failure) throw this.failure;
    const position = this.idleAt;
    this.idleAt = undefined;
    return position ? [{ position, event: undefined }] : [];
  }

  /** Resolves when there may be something to take. */
  async changed(): Promise<void> {
    if (this.subscription.readableLength > 0 || this.failure || this.idleAt) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }

  /** Lets go of who waits. */
  nudge(): void {
    this.wake();
  }

  async close(): Promise<void> {
    this.end(new Error('closed'));
    await this.subscription.unsubscribe().catch(() => undefined);
  }

  private listen(): void {
    const ended = () => {
      this.end(new Error('KurrentDB has ended the subscription'));
    };
    this.subscription.on('readable', () => {
      this.wake();
    });
    this.subscription.on('error', (error) => {
      this.end(error);
    });
    this.subscription.on('end', ended);
    this.subscription.on('close', ended);
  }

  private end(failure: Error): void {
    this.failure ??= failure;
    this.wake();
  }

  private searched(position: Position): Promise<void> {
    if (this.subscription.readableLength === 0 && position.commit > this.from.commit) {
      this.idleAt = position;
      this.wake();
    }
    return Promise.resolve();
  }

  private placeOf({ event }: AllStreamResolvedEvent): Place | undefined {
    this.idleAt = undefined;
    if (!event?.position || event.position.commit <= this.from.commit) return undefined;
    const { position } = event;
    const others = isSystemEvent(event) || event.streamId === INSTALLATION_STREAM;
    return { position, event: others ? undefined : recordedEvent(event) };
  }
}
