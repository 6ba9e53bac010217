import { type TariffEvent, messageFor, tariffEvents } from '@voltledger/contracts';
import { type OutgoingMessage, type RecordedEvent, streamIdOf } from '@voltledger/kernel';
import { Publishes, type StreamPublication } from '@voltledger/platform';

/** What the streams `tariff-<id>` and `rerating-<id>` tell the others. What is about sessions is told by the pricer. */
@Publishes()
export class TariffEventsPublication implements StreamPublication {
  readonly reader = 'tariff.relay';
  readonly categories = ['tariff', 'rerating'];
  readonly messagesOf = tariffMessages;
}

export function tariffMessages(recorded: RecordedEvent): OutgoingMessage[] {
  const { id, stream, revision, type, data, metadata, recordedAt } = recorded;
  const { causationId, correlationId, tenant, region } = metadata;
  return [
    messageFor(tariffEvents, {
      ...{ id, key: streamIdOf(stream), revision, recordedAt },
      ...{ causationId, correlationId, tenant, region },
      event: { type, data } as TariffEvent,
    }),
  ];
}
