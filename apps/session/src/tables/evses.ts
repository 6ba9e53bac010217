import {
  type ChargingPlace,
  type Evse,
  type Location,
  chargingPlaceSchema,
  evseSchema,
  placeSchema,
} from '@voltledger/contracts';
import { type StationId, type Transaction } from '@voltledger/kernel';

export interface KnownEvse {
  readonly stationId: StationId;
  readonly place: ChargingPlace;
}

interface EvseRow {
  readonly place: unknown;
  readonly evse: unknown;
}

/** The location as it is now: EVSEs that are gone are forgotten. A stale copy changes nothing. */
export async function keepEvses(tx: Transaction, location: Location): Promise<void> {
  const { evses, ...place } = location;
  await tx.query(
    `delete from session.evses
     where location_id = $1 and updated_at <= $2 and evse_uid <> all($3::text[])`,
    [location.locationId, location.updatedAt, evses.map(({ evseUid }) => evseUid)],
  );
  for (const evse of evses)
    await tx.query(
      `insert into session.evses
         (evse_uid, location_id, station_id, station_evse, place, evse, updated_at)
       values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7)
       on conflict (evse_uid) do update
         set location_id = excluded.location_id, station_id = excluded.station_id,
             station_evse = excluded.station_evse, place = excluded.place,
             evse = excluded.evse, updated_at = excluded.updated_at
         where session.evses.updated_at <= excluded.updated_at`,
      [
        ...[evse.evseUid, location.locationId, evse.stationId, evse.stationEvse],
        ...[JSON.stringify(placeSchema.parse(place)), JSON.stringify(evse), location.updatedAt],
      ],
    );
}

/** An EVSE by its uid, or by its station and, where that has several, the number it has there. */
export type EvseSearch =
  { readonly evseUid: string } | { readonly stationId: string; readonly stationEvse?: number };

export async function findEvse(
  tx: Transaction,
  search: EvseSearch,
  connectorId?: string,
): Promise<KnownEvse | undefined> {
  const rows =
    'evseUid' in search
      ? await tx.query<EvseRow>(`select place, evse from session.evses where evse_uid = $1`, [
          search.evseUid,
        ])
      : await tx.query<EvseRow>(
          `select place, evse from session.evses
           where station_id = $1 and ($2::integer is null or station_evse = $2)
           order by station_evse limit 2`,
          [search.stationId, search.stationEvse ?? null],
        );
  const [row] = rows;
  return row && rows.length === 1 ? known(row, connectorId) : undefined;
}

function known(row: EvseRow, connectorId: string | undefined): KnownEvse {
  const evse: Evse = evseSchema.parse(row.evse);
  const { connectors } = evse;
  const connector =
    connectors.length === 1
      ? connectors[0]
      : connectors.find((each) => each.connectorId === connectorId);
  const place = chargingPlaceSchema.parse({ place: row.place, evse, connector });
  return { stationId: evse.stationId, place };
}
