import { z } from 'zod';
import {
  type Cause,
  type DomainEvent,
  type Instant,
  type Message,
  type OutgoingMessage,
  UnreadableMessage,
  type Upcast,
} from '@voltledger/kernel';

type Schemas = Record<string, z.ZodType<object>>;

/** The events of one topic: one zod schema per event type. */
export interface Topic<Events extends Schemas> {
  readonly name: string;
  readonly schemaVersion: number;
  readonly events: Events;
  /** Reads what an older version of us wrote, in the store and on the bus (domain.md 1.12). */
  readonly upcast: Upcast;
}

/** `{ type, data }` for each event of the topic; a `switch` on `type` is exhaustive. */
export type EventOf<T extends Topic<Schemas>> = {
  [Type in keyof T['events'] & string]: {
    readonly type: Type;
    readonly data: z.output<T['events'][Type]>;
  };
}[keyof T['events'] & string];

/** An event with what the bus knows about it. */
export interface Envelope<Event> extends Omit<Message, 'data' | 'type'> {
  readonly event: Event;
}

/** One version forward: pure, and never written back. */
export type Upcaster = (event: DomainEvent) => DomainEvent;

export type EnvelopeOf<T extends Topic<Schemas>> = Envelope<EventOf<T>>;

/**
 * A topic at the version its `upcasters` lead to. The first reads version 1 as 2, the next 2 as 3;
 * none: everything written so far is version 1.
 */
export const topic = <Events extends Schemas>(
  name: string,
  events: Events,
  upcasters: readonly Upcaster[] = [],
): Topic<Events> => ({
  name,
  schemaVersion: upcasters.length + 1,
  events,
  upcast: (event, version) =>
    upcasters.slice(version - 1).reduce((older, upcaster) => upcaster(older), event),
});

/**
 * Reads a message by its topic's contract.
 *
 * @throws UnreadableMessage naming field and rule. A plain Error when the message was written by a
 * newer version of us: the consumer then stands still instead of guessing or skipping.
 */
export function received<Events extends Schemas>(
  { name, schemaVersion, events, upcast }: Topic<Events>,
  message: Message,
): EnvelopeOf<Topic<Events>> {
  if (message.schemaVersion > schemaVersion)
    throw new Error(
      `${message.type} on ${name} has schema version ${message.schemaVersion}; this version of ` +
        `Voltledger reads up to ${schemaVersion}. Upgrade this service.`,
    );
  const { type, data } = message;
  const event = isObject(data) ? upcast({ type, data }, message.schemaVersion) : { type, data };
  const schema = Object.hasOwn(events, event.type) ? events[event.type] : undefined;
  if (!schema) throw new UnreadableMessage(`${name} has no event called ${event.type}`);
  const parsed = schema.safeParse(event.data);
  if (!parsed.success) throw new UnreadableMessage(z.prettifyError(parsed.error));
  const { data: _raw, type: _type, ...rest } = message;
  return { ...rest, event: { type: event.type, data: parsed.data } } as EnvelopeOf<Topic<Events>>;
}

const isObject = (data: unknown): data is object => typeof data === 'object' && data !== null;

export interface Publication<Event> extends Cause {
  /** Unique, and the same when the same fact is published again. */
  readonly id: string;
  readonly key: string;
  readonly event: Event;
  readonly recordedAt: Instant;
  readonly revision?: number;
}

/**
 * A message for the bus, checked by its topic's contract before it leaves.
 *
 * @throws ZodError when the event breaks the contract; that is our bug.
 */
export function messageFor<Events extends Schemas>(
  { name, schemaVersion, events }: Topic<Events>,
  { event, ...rest }: Publication<EventOf<Topic<Events>>>,
): OutgoingMessage {
  const schema = events[event.type];
  if (!schema) throw new Error(`${name} has no event called ${event.type}`);
  schema.parse(event.data);
  return { ...rest, topic: name, schemaVersion, type: event.type, data: event.data };
}
