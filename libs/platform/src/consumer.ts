import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';
import { type EventOf, type Envelope, type Topic, received } from '@voltledger/contracts';
import { type GroupSubscription, type Message, type Transaction } from '@voltledger/kernel';
import { type z } from 'zod';

type Schemas = Record<string, z.ZodType<object>>;

/** One topic and what is done with its events. */
export interface TopicHandler {
  readonly topic: string;
  readonly handle: (message: Message, tx: Transaction) => Promise<void>;
}

/** Parses each message by the topic's contract and hands it on with its real type. */
export const on = <Events extends Schemas>(
  topic: Topic<Events>,
  handle: (message: Envelope<EventOf<Topic<Events>>>, tx: Transaction) => Promise<void>,
): TopicHandler => ({
  topic: topic.name,
  handle: (message, tx) => handle(received(topic, message), tx),
});

/** A group that reads one or several topics. Groups are called `<service>.<what it keeps>`. */
export function consuming(group: string, ...handlers: readonly TopicHandler[]): GroupSubscription {
  const byTopic = new Map(handlers.map(({ topic, handle }) => [topic, handle]));
  return {
    group,
    topics: [...byTopic.keys()],
    handle: async (message, tx) => {
      await byTopic.get(message.topic)?.(message, tx);
    },
  };
}

/** A class that reads from the bus; started with its service, stopped with it. */
export interface TopicConsumer {
  readonly subscription: GroupSubscription;
}

export const CONSUMER = Symbol('consumer');

/** Marks a provider as a `TopicConsumer`: the platform finds and runs it. */
export const Consumer = (): ClassDecorator =>
  applyDecorators(Injectable(), SetMetadata(CONSUMER, true));
