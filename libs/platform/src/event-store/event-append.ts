import {
  type DomainEvent,
  type EventMetadata,
  type Instant,
  type Revision,
  type StreamName,
  categoryOf,
} from '@voltledger/kernel';
import { derivedUuid } from '../identity';
import { type Place, partitionOf } from '../log';
import { type EventRow } from './event-source';

/** One append, with the names that the SQL function reads. */
export interface Append extends Omit<EventRow, 'position' | 'revision' | 'id' | 'type' | 'data'> {
  readonly expected: Revision;
  /** `data`: a text within the text, as PostgreSQL would refuse some characters of a nested one. */
  readonly events: readonly { readonly id: string; readonly type: string; readonly data: string }[];
}

/** What the SQL function answers for each append. */
export interface Outcome {
  readonly outcome: 'appended' | 'repeated' | 'conflict';
  readonly revision: Revision;
  readonly topic: string | null;
  readonly partition: number | null;
  readonly position: number | null;
}

export const appendOf = (
  stream: StreamName,
  expected: Revision,
  events: readonly DomainEvent[],
  metadata: EventMetadata,
  recordedAt: Instant,
): Append => ({
  stream,
  expected,
  topic: categoryOf(stream),
  partition: partitionOf(stream),
  recorded_at: recordedAt,
  schema_version: metadata.schemaVersion,
  causation_id: metadata.causationId,
  correlation_id: metadata.correlationId,
  tenant: metadata.tenant,
  region: metadata.region,
  events: events.map(({ type, data }, index) => ({
    id: derivedUuid('event', stream, String(expected + index + 1)),
    type,
    data: JSON.stringify(data),
  })),
});

/** How far each append that was done has brought its slot. */
export const placesOf = (outcomes: readonly Outcome[]): Place[] =>
  outcomes.flatMap(({ topic, partition, position }) =>
    topic !== null && partition !== null && position !== null
      ? [{ topic, partition, position }]
      : [],
  );

/** The events of the appends that were done, as a reader gets them. */
export const rowsOf = (appends: readonly Append[], outcomes: readonly Outcome[]): EventRow[] =>
  appends.flatMap(({ events, expected, ...append }, nth) => {
    const last = outcomes[nth]?.position;
    if (last === undefined || last === null) return [];
    return events.map((event, index) => ({
      ...append,
      ...event,
      data: JSON.parse(event.data) as object,
      revision: expected + index + 1,
      position: last - events.length + index + 1,
    }));
  });
