import { type Revision, type StreamName } from '@voltledger/kernel';

/**
 * Events of a stream are missing: somebody has truncated it, limited it or deleted it and written it
 * again. What is left cannot be folded into a state anybody should act upon.
 */
export class StreamTruncated extends Error {
  override readonly name = 'StreamTruncated';

  constructor(
    readonly stream: StreamName,
    readonly after: Revision,
    readonly next: Revision,
  ) {
    super(`${stream} goes on at revision ${next} behind ${after}: events between are gone`);
  }
}

/** An event among ours that we have not written, or that somebody has changed. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';

  constructor(
    readonly stream: string,
    readonly revision: bigint,
    why: string,
  ) {
    super(`event ${revision.toString()} of ${stream} (counted from 0) is not readable: ${why}`);
  }
}
