import { type IHeaders, type KafkaMessage } from 'kafkajs';
import { type Message, type Region, type TenantId, instantAt } from '@voltledger/kernel';
import { z } from 'zod';
import { type BusMessage, messageOf } from '../message-bus/bus-message';
import { type Place } from '../log';

/** Where a record was before it was forwarded: its place in the log of one database. */
export interface Origin {
  readonly source: string;
  readonly partition: number;
  readonly position: number;
}

/** A record of one of our topics. `position` is its offset plus one: where to go on behind it. */
export interface KafkaEntry extends Place {
  readonly message: Message;
  /** Missing from what others have put there. */
  readonly origin: Origin | undefined;
  /** Why it is no message of ours. */
  readonly unreadable: string | undefined;
}

const SOURCE = 'voltledger-source';
const SOURCE_PARTITION = 'voltledger-source-partition';
const SOURCE_POSITION = 'voltledger-source-position';

/** What a forwarded message looks like in Kafka: the whole message as JSON, its origin in headers. */
export function recordOf(row: BusMessage, source: string, partition: number) {
  return {
    partition,
    key: row.key,
    value: JSON.stringify(messageOf(row)),
    headers: {
      type: row.type,
      [SOURCE]: source,
      [SOURCE_PARTITION]: String(row.partition),
      [SOURCE_POSITION]: String(row.position),
    },
  };
}

const text = z.string();
const envelope = z.object({
  ...{ id: text, topic: text, key: text, type: text, schemaVersion: z.int() },
  data: z.unknown(),
  ...{ causationId: text, correlationId: text, tenant: text, region: text, recordedAt: text },
  revision: z.int().optional(),
});

export interface RecordPlace {
  /** Without the prefix of the network. */
  readonly topic: string;
  readonly partition: number;
}

export function entryOf(
  { topic, partition }: RecordPlace,
  { offset, value, headers, key, timestamp }: KafkaMessage,
): KafkaEntry {
  const place = { topic, partition, position: Number(offset) + 1 };
  const origin = originIn(headers ?? {});
  const body = value?.toString('utf8') ?? '';
  const parsed = envelope.safeParse(jsonOf(body));
  if (parsed.success)
    return { ...place, origin, message: parsed.data as Message, unreadable: undefined };
  const unreadable = `no message of ours: ${z.prettifyError(parsed.error)}`;
  const message = strangeMessage(place, key?.toString('utf8') ?? '', body, timestamp);
  return { ...place, origin, message, unreadable };
}

/** What is known of a record that is no message, so that people can look at it. */
function strangeMessage(place: Place, key: string, body: string, timestamp: string): Message {
  const id = `${place.topic}/${place.partition}/${place.position - 1}`;
  return {
    ...{ id, topic: place.topic, key, type: 'Unknown', schemaVersion: 0, data: { body } },
    ...{ causationId: id, correlationId: id },
    ...{ tenant: '' as TenantId, region: '' as Region, recordedAt: instantAt(Number(timestamp)) },
  };
}

function originIn(headers: IHeaders): Origin | undefined {
  const source = headers[SOURCE]?.toString();
  const partition = headers[SOURCE_PARTITION]?.toString();
  const position = headers[SOURCE_POSITION]?.toString();
  if (source === undefined || partition === undefined || position === undefined) return undefined;
  return { source, partition: Number(partition), position: Number(position) };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
