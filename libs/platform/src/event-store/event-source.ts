import { type Instant, type RecordedEvent, type StreamName } from '@voltledger/kernel';
import { type Connections } from '../database';
import { type LogSource, type Place, tableSource } from '../log';

/** A row of `event_store.events`; its topic is the stream's category. */
export interface EventRow extends Place {
  readonly stream: StreamName;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly schema_version: number;
  readonly causation_id: string;
  readonly correlation_id: string;
  readonly tenant: RecordedEvent['metadata']['tenant'];
  readonly region: RecordedEvent['metadata']['region'];
  readonly recorded_at: Instant;
}

export const recordedEvent = (row: EventRow): RecordedEvent => ({
  id: row.id,
  stream: row.stream,
  revision: row.revision,
  type: row.type,
  data: row.data,
  metadata: {
    schemaVersion: row.schema_version,
    causationId: row.causation_id,
    correlationId: row.correlation_id,
    tenant: row.tenant,
    region: row.region,
  },
  recordedAt: row.recorded_at,
});

export const eventSource = (connections: Connections): LogSource<EventRow> =>
  tableSource(connections, 'event_store.events');
