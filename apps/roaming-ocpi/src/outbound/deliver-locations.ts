import { Inject, Injectable } from '@nestjs/common';
import { type RoamingLocation, objectUrl } from '@voltledger/ocpi';
import { type Delivery } from '@voltledger/platform';
import { PartnerLocations } from '../projections/partner-locations';
import { type Deliver, deliveryOf, notOffered, objectGone, written } from './delivering';
import { type PartnerConversation } from './partner-conversation';

/** Locations go whole; an EVSE's status goes alone, because it changes a hundred times as often. */
@Injectable()
export class DeliverLocations {
  constructor(@Inject(PartnerLocations) private readonly locations: PartnerLocations) {}

  readonly location: Deliver<'location'> = async ({ locationId }, conversation) => {
    const location = await this.locations.find(locationId);
    if (!location) return objectGone('The location');
    return put(location, conversation);
  };

  readonly evseStatus: Deliver<'evse-status'> = async ({ locationId, evseUid }, conversation) => {
    const location = await this.locations.find(locationId);
    const evse = location?.evses.find((each) => each.evseUid === evseUid);
    const endpoint = conversation.endpoint('locations', 'RECEIVER');
    if (!location || !evse) return objectGone('The EVSE');
    if (endpoint === undefined) return notOffered('locations');
    const { version } = conversation;
    // What the version has no words for, the partner was never told of.
    if (!version.evse(evse)) return put(location, conversation);
    const answer = await conversation.call({
      method: 'PATCH',
      url: objectUrl(endpoint, ...pathOf(location), evse.evseUid),
      body: version.evseStatus(evse),
      route: { from: location, to: conversation.party },
    });
    // It does not know the location or the EVSE: then it gets the whole (OCPI-LOC-05).
    return answer.outcome === 'success' ? deliveryOf(answer) : put(location, conversation);
  };
}

const pathOf = ({ countryCode, partyId, locationId }: RoamingLocation) =>
  [countryCode, partyId, locationId] as const;

async function put(
  location: RoamingLocation,
  conversation: PartnerConversation,
): Promise<Delivery> {
  const endpoint = conversation.endpoint('locations', 'RECEIVER');
  if (endpoint === undefined) return notOffered('locations');
  const wire = written(() => conversation.version.location(location));
  if ('refusal' in wire) return wire.refusal;
  const answer = await conversation.call({
    method: 'PUT',
    url: objectUrl(endpoint, ...pathOf(location)),
    body: wire.body,
    route: { from: location, to: conversation.party },
  });
  return deliveryOf(answer);
}
