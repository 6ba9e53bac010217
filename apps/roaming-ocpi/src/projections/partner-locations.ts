import { Inject, Injectable } from '@nestjs/common';
import { type LocationEventEnvelope } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import { type RoamingLocation, ciKey } from '@voltledger/ocpi';
import {
  DATABASE,
  type Database,
  type Kept,
  PushQueue,
  folded,
  keptRow,
  keptValues,
} from '@voltledger/platform';
import { publicObjectChanges } from './catch-ups';
import { type ListFilter, type Listed, filterParameters, filteredBy, pageOf } from './list-filter';
import { hasValidEvse, partnerLocation } from './partner-location';
import { Partners } from './partners';
import { type PushSubject, pushTo } from './push-kinds';

const TABLE = 'roaming_ocpi.partner_locations';

/** Table `partner_locations`: what every partner may see of our locations, and hears of them. */
@Injectable()
export class PartnerLocations {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(Partners) private readonly partners: Partners,
    @Inject(PushQueue) private readonly pushes: PushQueue,
  ) {}

  async project(message: LocationEventEnvelope, tx: Transaction): Promise<void> {
    await publicObjectChanges(tx);
    const { data } = message.event;
    const locationId = 'location' in data ? data.location.locationId : data.locationId;
    const row = await keptRow<RoamingLocation>(TABLE, 'location_key', ciKey(locationId), tx);
    const change = folded(row, message, (before) => partnerLocation(before, message));
    if (!change) return;
    await this.save(change.kept, message, tx);
    if (!change.isNews) return;
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

  async find(locationId: string): Promise<RoamingLocation | undefined> {
    const [row] = await this.database.query<{ state: RoamingLocation }>(
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
    kept: Kept<RoamingLocation>,
    { recordedAt }: LocationEventEnvelope,
    tx: Transaction,
  ): Promise<void> {
    const location = kept.state;
    await tx.query(
      `insert into roaming_ocpi.partner_locations
         (location_key, country_code, party_id, listed, created_at, updated_at,
          state, through, rebuild)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (location_key) do update set country_code = excluded.country_code,
         party_id = excluded.party_id, listed = excluded.listed, updated_at = excluded.updated_at,
         state = excluded.state, through = excluded.through, rebuild = excluded.rebuild`,
      [
        ciKey(location.locationId),
        location.countryCode,
        location.partyId,
        hasValidEvse(location),
        recordedAt,
        location.updatedAt,
        ...keptValues(kept),
      ],
    );
  }
}
