import { Inject, Injectable } from '@nestjs/common';
import { objectUrl } from '@voltledger/ocpi';
import { shownTariff } from '../projections/partner-tariff';
import { PartnerTariffs } from '../projections/partner-tariffs';
import { type Deliver, deliveryOf, notOffered, objectGone, written } from './delivering';

const NOT_FOUND = 404;

/** A tariff goes whole; a withdrawn one is deleted at the partner. */
@Injectable()
export class DeliverTariffs {
  constructor(@Inject(PartnerTariffs) private readonly tariffs: PartnerTariffs) {}

  readonly tariff: Deliver<'tariff'> = async ({ tariffId }, conversation) => {
    const row = await this.tariffs.find(tariffId);
    const endpoint = conversation.endpoint('tariffs', 'RECEIVER');
    if (!row) return objectGone('The tariff');
    if (endpoint === undefined) return notOffered('tariffs');
    const tariff = shownTariff(row);
    const url = objectUrl(endpoint, tariff.countryCode, tariff.partyId, tariff.tariffId);
    const route = { from: tariff, to: conversation.party };
    if (row.withdrawn) {
      const answer = await conversation.call({ method: 'DELETE', url, route });
      // It never had it, or has deleted it before: either way it is gone.
      return answer.http.status === NOT_FOUND ? { outcome: 'delivered' } : deliveryOf(answer);
    }
    const wire = written(() => conversation.version.tariff(tariff));
    if ('refusal' in wire) return wire.refusal;
    return deliveryOf(await conversation.call({ method: 'PUT', url, body: wire.body, route }));
  };
}
