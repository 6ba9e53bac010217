import {
  type EventData,
  type RecordedEvent as TheirEvent,
  jsonEvent,
} from '@kurrent/kurrentdb-client';
import { z } from 'zod';
import {
  type DomainEvent,
  type EventMetadata,
  type Instant,
  type RecordedEvent,
  type Region,
  type StreamName,
  type TenantId,
  parseInstant,
} from '@voltledger/kernel';
import { derivedUuid, newUuid } from '../identity';
import { UnreadableEvent } from './errors';

/** Beside the event. Names with `$` are those that KurrentDB's own tools follow a story by. */
const metadataSchema = z.object({
  $causationId: z.string(),
  $correlationId: z.string(),
  tenant: z.string().transform((text) => text as TenantId),
  region: z.string().transform((text) => text as Region),
  schemaVersion: z.int().positive(),
  recordedAt: z.string().transform((text, context): Instant => {
    const at = parseInstant(text);
    if (at !== undefined) return at;
    context.addIssue({ code: 'custom', message: 'is no time' });
    return z.NEVER;
  }),
});

const dataSchema = z.record(z.string(), z.unknown());

/**
 * What is sent for each event. Its id is new with every attempt: KurrentDB takes known ids for a
 * repeat and answers as if it had written, which would let two writers both believe to be first.
 */
export const sentEvents = (
  events: readonly DomainEvent[],
  { causationId, correlationId, tenant, region, schemaVersion }: EventMetadata,
  recordedAt: Instant,
): EventData[] =>
  events.map(({ type, data }) =>
    jsonEvent({
      id: newUuid(),
      type,
      data: data as Record<string, unknown>,
      metadata: {
        $causationId: causationId,
        $correlationId: correlationId,
        ...{ tenant, region, schemaVersion, recordedAt },
      },
    }),
  );

/** Theirs count from 0, ours from 1. */
export const revisionOf = (theirs: bigint): number => Number(theirs) + 1;

/** @throws UnreadableEvent when it is not one that we have written. */
export function recordedEvent(theirs: TheirEvent): RecordedEvent {
  const { streamId, type } = theirs;
  const metadata = metadataSchema.safeParse(theirs.metadata);
  const data = dataSchema.safeParse(theirs.data);
  if (!theirs.isJson || !data.success)
    throw new UnreadableEvent(streamId, theirs.revision, 'its data is no JSON object');
  if (!metadata.success)
    throw new UnreadableEvent(streamId, theirs.revision, z.prettifyError(metadata.error));
  const { $causationId, $correlationId, recordedAt, ...rest } = metadata.data;
  const revision = revisionOf(theirs.revision);
  return {
    // As in PostgreSQL: a stream that moves from one store to another keeps the ids of its events.
    id: derivedUuid('event', streamId, String(revision)),
    stream: streamId as StreamName,
    revision,
    type,
    data: data.data,
    metadata: { ...rest, causationId: $causationId, correlationId: $correlationId },
    recordedAt,
  };
}

/** Written by KurrentDB itself: metadata of streams, deletions, links, statistics. */
export const isSystemEvent = ({ streamId, type }: TheirEvent): boolean =>
  streamId.startsWith('$') || type.startsWith('$');
