import { type Message, type OutgoingMessage } from '@voltledger/kernel';
import { type Connections } from '../database';
import { type LogSource, type Place, partitionOf, slotKey, tableSource } from '../log';

/** A row of `bus.messages`. */
export interface BusMessage extends Omit<Message, 'revision'>, Place {
  readonly revision: number | null;
}

const COLUMNS = `topic, partition, position, key, id, type, schema_version as "schemaVersion", data,
  causation_id as "causationId", correlation_id as "correlationId", tenant, region,
  recorded_at as "recordedAt", revision`;

export const messageSource = (connections: Connections): LogSource<BusMessage> =>
  tableSource(connections, 'bus.messages', COLUMNS);

/** The message without its place in our log; without a revision, where there is none. */
export const messageOf = (row: BusMessage): Message => ({
  id: row.id,
  topic: row.topic,
  key: row.key,
  type: row.type,
  schemaVersion: row.schemaVersion,
  data: row.data,
  causationId: row.causationId,
  correlationId: row.correlationId,
  tenant: row.tenant,
  region: row.region,
  recordedAt: row.recordedAt,
  ...(row.revision !== null && { revision: row.revision }),
});

/** Messages on their way into the log. */
export class Posting {
  private readonly rows: readonly PostedRow[];

  constructor(messages: readonly OutgoingMessage[]) {
    this.rows = messages.map((message) => ({
      ...message,
      partition: partitionOf(message.key),
      // A text within the text: PostgreSQL would refuse some characters of a nested document.
      data: JSON.stringify(message.data),
    }));
  }

  /** The parameters of `bus.publish`. */
  parameters(): [number[], string] {
    const partitions = [...new Set(this.rows.map(({ partition }) => partition))];
    return [partitions.sort((one, other) => one - other), JSON.stringify(this.rows)];
  }

  /** The messages as they are read, now that it is known how far their slots reach. */
  posted(reached: readonly Place[]): BusMessage[] {
    const left = new Map<string, number>();
    for (const row of this.rows) left.set(slotKey(row), (left.get(slotKey(row)) ?? 0) + 1);
    const ends = new Map(reached.map((place) => [slotKey(place), place.position]));
    return this.rows.map((row) => {
      const key = slotKey(row);
      const behind = (left.get(key) ?? 1) - 1;
      left.set(key, behind);
      const position = (ends.get(key) ?? 0) - behind;
      return {
        ...row,
        position,
        revision: row.revision ?? null,
        data: JSON.parse(row.data) as unknown,
      };
    });
  }
}

interface PostedRow extends Omit<OutgoingMessage, 'data'> {
  readonly partition: number;
  readonly data: string;
}
