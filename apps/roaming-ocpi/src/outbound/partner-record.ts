import { Inject, Injectable } from '@nestjs/common';
import { type PartnerEvent, partnerEvents } from '@voltledger/contracts';
import {
  type EventStore,
  type PartnerId,
  type RecordedEvent,
  streamName,
} from '@voltledger/kernel';
import { DATABASE, type Database, EVENT_STORE } from '@voltledger/platform';
import { PartnerProjector } from '../projections/partner-projector';
import { Partners } from '../projections/partners';

/**
 * Brings what a partner's stream says to its row at once. A token that was just agreed on must open
 * the door for the partner's very next request, before the event has travelled over the bus.
 */
@Injectable()
export class PartnerRecord {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(Partners) private readonly partners: Partners,
    @Inject(PartnerProjector) private readonly projector: PartnerProjector,
  ) {}

  async bringUpToDate(partnerId: PartnerId): Promise<void> {
    const row = await this.partners.row(partnerId);
    const missing = await this.store.read(streamName('partner', partnerId), row?.revision);
    for (const recorded of missing)
      await this.database.transaction((tx) =>
        this.projector.project(
          {
            id: recorded.id,
            event: partnerEventOf(recorded),
            recordedAt: recorded.recordedAt,
            correlationId: recorded.metadata.correlationId,
            revision: recorded.revision,
          },
          tx,
        ),
      );
  }
}

/** A partner's event as it is in the store, read by today's contract. */
export function partnerEventOf({ type, data, metadata }: RecordedEvent): PartnerEvent {
  const event = partnerEvents.upcast({ type, data }, metadata.schemaVersion);
  const schema = partnerEvents.events[event.type as PartnerEvent['type']];
  return { type: event.type, data: schema.parse(event.data) } as PartnerEvent;
}
