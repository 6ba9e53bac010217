import { type Message, type OutgoingMessage } from '@voltledger/kernel';
import { derivedUuid } from '../identity';

export const DEAD = '.dead';

/**
 * A parked message as others may see it in Kafka, on `<topic>.dead`. What counts is the row in
 * `bus.parked`: from there it is given again.
 */
export function deadLetter(group: string, reason: string, message: Message): OutgoingMessage[] {
  // A reader of dead letters that cannot read one sets it aside in its own database.
  if (message.topic.endsWith(DEAD)) return [];
  return [
    {
      ...message,
      id: derivedUuid('dead letter', group, message.id),
      topic: `${message.topic}${DEAD}`,
      type: 'MessageParked',
      schemaVersion: 1,
      data: { group, reason, message },
      causationId: message.id,
    },
  ];
}
