import { Inject, Injectable } from '@nestjs/common';
import { type Location, locationSchema } from '@voltledger/contracts';
import { DomainError, type LocationId } from '@voltledger/kernel';
import { DATABASE, type Database, type Page, type PageQuery, page } from '@voltledger/platform';

/** A location as it is published: with its EVSEs, in one JSON object. */
const LOCATION = `
  select location_id as "locationId",
         location.detail || jsonb_build_object(
           'updatedAt', location.updated_at,
           'evses', coalesce((
             select jsonb_agg(evse.detail || jsonb_build_object(
                      'status', evse.status, 'updatedAt', evse.updated_at)
                    order by evse.station_id, evse.station_evse, evse.evse_uid)
               from ocpp_gateway.evses evse
              where evse.location_id = location.location_id), '[]'::jsonb)) as location
    from ocpp_gateway.locations location`;

interface Row {
  locationId: string;
  location: object;
}

@Injectable()
export class LocationViews {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async list({ limit, after }: PageQuery): Promise<Page<Location>> {
    const rows = await this.database.query<Row>(
      `${LOCATION} where location_id > $1 order by location_id limit $2`,
      [after ?? '', limit + 1],
    );
    return page(
      rows,
      limit,
      (row) => row.locationId,
      ({ location }) => locationSchema.parse(location),
    );
  }

  /** @throws DomainError LOCATION_UNKNOWN */
  async show(locationId: LocationId): Promise<Location> {
    const [row] = await this.database.query<Row>(`${LOCATION} where location_id = $1`, [
      locationId,
    ]);
    if (row) return locationSchema.parse(row.location);
    throw new DomainError('LOCATION_UNKNOWN', 'There is no such location.', { locationId });
  }
}
