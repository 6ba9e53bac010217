import { Inject, Injectable } from '@nestjs/common';
import { type LocationEventEnvelope } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { type RoamingLocation, ciKey } from '@voltledger/ocpi';
import { DATABASE, type Database, PushQueue } from '@voltledger/platform';
import { publicObjectChanges } from './catch-ups';
import { type ListFilter, type Listed, filterParameters, filteredBy, pageOf } from './list-filter';
import { hasValidEvse, partnerLocation } from './partner-location';
import { Partners } from './partners';
import { type PushSubject, pushTo } from './push-kinds';
import { QuietRebuild } from './quiet-rebuild';

/** Table `partner_locations`: what every partner may see of our locations, and hears of them. */
@Injectable()
export class PartnerLocations {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(Partners) private readonly partners: Partners,
    @Inject(PushQueue) private readonly pushes: PushQueue,
    @Inject(QuietRebuild) private readonly rebuild: QuietRebuild,
  ) {}

  async project(message: LocationEventEnvelope, tx: Transaction): Promise<void> {
    await publicObjectChanges(tx);
    const { data } = message.event;
    const locationId = 'location' in data ? data.location.locationId : data.locationId;
    const before = await this.find(locationId, tx);
    const next = partnerLocation(before, message);
    if (!next || next === before) return;
    await this.save(next, message, tx);
    if (!(await this.rebuild.isNews('locations', message.recordedAt, tx))) return;
    const subject: PushSubject =
      'location' in data
        ? { kind: 'location', locationId }
        : { kind: 'evse-status', locationId, evseUid: data.evseUid };
    const partners = await this.partners.offering('locations', 'RECEIVER', tx);
    await this.pushes.enqueue(
      tx,
      partners.map(({ partnerId }) => pushTo(partnerId, subject, message)),
    );
  }

  async find(locationId: string, tx: Transaction = this.database) {
    const [row] = await tx.query<{ state: RoamingLocation }>(
      'select state from roaming_ocpi.partner_locations where location_key = $1',
      [ciKey(locationId)],
    );
    return row?.state;
  }

  /** Without dates only locations that can be used; with dates also those that no longer can. */
  async list(filter: ListFilter): Promise<Listed<RoamingLocation>> {
    const matching = `
      select * from roaming_ocpi.partner_locations
      where ${filteredBy('updated_at')} and (listed or $1::timestamptz is not null)`;
    const [row] = await this.database.query<Listed<RoamingLocation>>(
      pageOf(matching, 'created_at, location_key'),
      filterParameters(filter),
    );
    return row ?? { items: [], total: 0 };
  }

  private async save(
    location: RoamingLocation,
    { recordedAt }: LocationEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    await tx.query(
      `insert into roaming_ocpi.partner_locations
         (location_key, country_code, party_id, listed, state, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (location_key) do update set country_code = excluded.country_code,
         party_id = excluded.party_id, listed = excluded.listed, state = excluded.state,
         updated_at = excluded.updated_at`,
      [
        ciKey(location.locationId),
        location.countryCode,
        location.partyId,
        hasValidEvse(location),
        JSON.stringify(location),
        recordedAt,
        location.updatedAt,
      ],
    );
  }
}
