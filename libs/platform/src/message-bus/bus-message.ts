import { type Message, type OutgoingMessage } from '@voltledger/kernel';
import { type Connections } from '../database';
import { type LogSource, type Place, partitionOf, tableSource } from '../log';

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
export function messageOf({ partition: _p, position: _n, revision, ...rest }: BusMessage): Message {
  return revision === null ? rest : { ...rest, revision };
}

/** The parameters of `bus.publish`. */
export function publishParameters(messages: readonly OutgoingMessage[]): [number[], string] {
  const rows = messages.map((message) => ({
    ...message,
    partition: partitionOf(message.key),
    // A text within the text: PostgreSQL would refuse some characters of a nested document.
    data: JSON.stringify(message.data),
  }));
  const partitions = [...new Set(rows.map(({ partition }) => partition))];
  return [partitions.sort((one, other) => one - other), JSON.stringify(rows)];
}
