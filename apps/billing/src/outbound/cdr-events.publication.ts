import { type CdrEvent, cdrEvents, messageFor } from '@voltledger/contracts';
import { type OutgoingMessage, type RecordedEvent, streamIdOf } from '@voltledger/kernel';
import { Publishes, type StreamPublication } from '@voltledger/platform';

/** What billing tells the others: every event of the streams `cdr-<session>`, as it stands. */
@Publishes()
export class CdrEventsPublication implements StreamPublication {
  readonly reader = 'billing.relay';
  readonly categories = ['cdr'];
  readonly messagesOf = cdrMessages;
}

/** The message bears the event's id: a ledger entry names the event it comes from. */
export function cdrMessages(recorded: RecordedEvent): OutgoingMessage[] {
  const { id, stream, revision, type, data, metadata, recordedAt } = recorded;
  const { causationId, correlationId, tenant, region } = metadata;
  return [
    messageFor(cdrEvents, {
      ...{ id, key: streamIdOf(stream), revision, recordedAt },
      ...{ causationId, correlationId, tenant, region },
      event: { type, data } as CdrEvent,
    }),
  ];
}
