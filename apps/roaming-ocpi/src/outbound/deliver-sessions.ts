import { Inject, Injectable } from '@nestjs/common';
import { type RoamingSession, objectUrl } from '@voltledger/ocpi';
import { type Delivery } from '@voltledger/platform';
import { shownSession } from '../projections/partner-session';
import { PartnerSessions } from '../projections/partner-sessions';
import { type Deliver, deliveryOf, notOffered, objectGone, written } from './delivering';
import { type PartnerConversation } from './partner-conversation';

/** A session goes whole by PUT; while it runs its totals follow by PATCH. */
@Injectable()
export class DeliverSessions {
  constructor(@Inject(PartnerSessions) private readonly sessions: PartnerSessions) {}

  readonly session: Deliver<'session'> = ({ sessionId }, conversation) =>
    this.tell(sessionId, conversation, put);

  readonly totals: Deliver<'session-totals'> = ({ sessionId }, conversation) =>
    this.tell(sessionId, conversation, patch);

  private async tell(
    sessionId: string,
    conversation: PartnerConversation,
    how: Tell,
  ): Promise<Delivery> {
    const { partnerId } = conversation.partner;
    const session = shownSession(await this.sessions.find(sessionId, partnerId));
    const endpoint = conversation.endpoint('sessions', 'RECEIVER');
    if (!session) return objectGone('The session');
    if (endpoint === undefined) return notOffered('sessions');
    return how(session, endpoint, conversation);
  }
}

type Tell = (
  session: RoamingSession,
  endpoint: string,
  conversation: PartnerConversation,
) => Promise<Delivery>;

const put: Tell = async (session, endpoint, conversation) => {
  const wire = written(() => conversation.version.session(session));
  if ('refusal' in wire) return wire.refusal;
  return deliveryOf(
    await conversation.call({ ...addressed(session, endpoint), method: 'PUT', body: wire.body }),
  );
};

const patch: Tell = async (session, endpoint, conversation) => {
  // Its end is told whole, and that is already on its way.
  if (session.status === 'COMPLETED') return put(session, endpoint, conversation);
  const body = conversation.version.sessionPatch(session);
  const answer = await conversation.call({
    ...addressed(session, endpoint),
    method: 'PATCH',
    body,
  });
  // It does not know the session: then it gets the whole (OCPI-ENV-13).
  return answer.outcome === 'success' ? deliveryOf(answer) : put(session, endpoint, conversation);
};

function addressed(
  { place: { place }, authorization, sessionId }: RoamingSession,
  endpoint: string,
) {
  return {
    url: objectUrl(endpoint, place.countryCode, place.partyId, sessionId),
    route: { from: place, to: authorization.payer },
  };
}
