import { messageFor, partnerEvents } from '@voltledger/contracts';
import { type OutgoingMessage, type RecordedEvent } from '@voltledger/kernel';
import { Publishes, type StreamPublication } from '@voltledger/platform';
import { partnerEventOf } from './partner-record';

/** Tells the bus what happens between us and our partners. */
@Publishes()
export class PartnerRelay implements StreamPublication {
  readonly reader = 'roaming-ocpi.relay';
  readonly categories = ['partner'];

  readonly messagesOf = (recorded: RecordedEvent): readonly OutgoingMessage[] => {
    const event = partnerEventOf(recorded);
    const { causationId, correlationId, tenant, region } = recorded.metadata;
    return [
      messageFor(partnerEvents, {
        ...{ causationId, correlationId, tenant, region },
        id: recorded.id,
        key: event.data.partnerId,
        event,
        recordedAt: recorded.recordedAt,
        revision: recorded.revision,
      }),
    ];
  };
}
