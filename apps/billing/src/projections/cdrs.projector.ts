import {
  type CdrEventEnvelope,
  type RoamingEventEnvelope,
  cdrEvents,
  roamingEvents,
} from '@voltledger/contracts';
import { type Transaction, UnreadableMessage } from '@voltledger/kernel';
import { Consumer, type TopicConsumer, consuming, on } from '@voltledger/platform';
import { keepDelivery } from './cdr-deliveries.table';
import { cdrFact } from './cdr-fact';
import { keepHold, keepRelease } from './cdr-holds.table';
import { keepCdr } from './cdrs.table';
import { PROJECTIONS } from './rebuildable';

/** CDRs, what is held, and what partners made of it. */
@Consumer()
export class CdrsProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.cdrs.group,
    on(cdrEvents, (message, tx) => this.hearCdr(message, tx)),
    on(roamingEvents, (message, tx) => this.hearPartner(message, tx)),
  );

  private async hearCdr(message: CdrEventEnvelope, tx: Transaction): Promise<void> {
    const { event, revision } = message;
    if (revision === undefined) throw new UnreadableMessage(`${event.type} carries no revision`);
    switch (event.type) {
      case 'CdrIssued':
      case 'CdrCredited': {
        const fact = cdrFact(message);
        if (fact) await keepCdr(tx, fact);
        return;
      }
      case 'CdrHeld': {
        const { at: heldAt, ...hold } = event.data;
        await keepHold(tx, { ...hold, heldAt }, revision);
        return;
      }
      case 'CdrReleased':
        await keepRelease(tx, event.data, revision);
        return;
    }
  }

  private async hearPartner({ event }: RoamingEventEnvelope, tx: Transaction): Promise<void> {
    if (event.type === 'CdrDelivered' || event.type === 'CdrRejectedByPartner')
      await keepDelivery(tx, event);
  }
}
