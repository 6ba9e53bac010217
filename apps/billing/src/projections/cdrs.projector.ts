import { Inject } from '@nestjs/common';
import {
  type CdrEvent,
  type CdrEventEnvelope,
  type RoamingEventEnvelope,
  cdrEvents,
  roamingEvents,
} from '@voltledger/contracts';
import { type Revision, type Transaction, UnreadableMessage } from '@voltledger/kernel';
import {
  Consumer,
  PERSONAL_DATA,
  type PersonalData,
  type TopicConsumer,
  consuming,
  on,
} from '@voltledger/platform';
import { keepDelivery } from './cdr-deliveries.table';
import { cdrFact } from './cdr-fact';
import { keepHold, keepRelease, keepRequest } from './cdr-holds.table';
import { keepCdr } from './cdrs.table';
import { keepDispute, keepResolution } from './disputes.table';
import { PROJECTIONS } from './rebuildable';

/** CDRs, what is held, and what partners made of it. */
@Consumer()
export class CdrsProjector implements TopicConsumer {
  readonly subscription = consuming(
    PROJECTIONS.cdrs.group,
    on(cdrEvents, (message, tx) => this.hearCdr(message, tx)),
    on(roamingEvents, (message, tx) => this.hearPartner(message, tx)),
  );

  constructor(@Inject(PERSONAL_DATA) private readonly personal: PersonalData) {}

  private async hearCdr(message: CdrEventEnvelope, tx: Transaction): Promise<void> {
    const { event } = message;
    const fact = cdrFact(message);
    if (fact) await keepCdr(tx, { ...fact, cdr: await this.personal.seal(fact.cdr) });
    else if (event.type === 'DisputeOpened') await keepDispute(tx, event.data);
    else if (event.type === 'DisputeResolved') await keepResolution(tx, event.data);
    else await keepHeld(tx, event, message.revision);
  }

  private async hearPartner({ event }: RoamingEventEnvelope, tx: Transaction): Promise<void> {
    if (event.type === 'CdrDelivered' || event.type === 'CdrRejectedByPartner')
      await keepDelivery(tx, event);
  }
}

/** `revision` is the event's in its stream: what is older than a row says nothing new. */
async function keepHeld(
  tx: Transaction,
  event: CdrEvent,
  revision: Revision | undefined,
): Promise<void> {
  if (revision === undefined) throw new UnreadableMessage(`${event.type} carries no revision`);
  if (event.type === 'CdrHeld') {
    const { at: heldAt, ...hold } = event.data;
    await keepHold(tx, { ...hold, heldAt }, revision);
  } else if (event.type === 'CdrReleaseRequested') {
    const { sessionId, by, note, at, amount = null } = event.data;
    await keepRequest(tx, sessionId, { by, note, at, amount }, revision);
  } else if (event.type === 'CdrReleaseRefused')
    await keepRequest(tx, event.data.sessionId, undefined, revision);
  else if (event.type === 'CdrReleased') await keepRelease(tx, event.data, revision);
}
