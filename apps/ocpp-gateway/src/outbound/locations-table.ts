import { type Evse, type Location, locationSchema } from '@voltledger/contracts';
import { type Instant, type LocationId, type Transaction } from '@voltledger/kernel';

export type LocationDetail = Omit<Location, 'evses' | 'updatedAt'>;
export type EvseDetail = Omit<Evse, 'status' | 'updatedAt'>;
export type FixedStatus = 'PLANNED' | 'REMOVED';

export interface KeptEvse {
  readonly evseUid: string;
  readonly locationId: LocationId;
  readonly stationId: string;
  readonly stationEvse: number;
  readonly fixed: FixedStatus | null;
}

/** EVSEs that have to do with a location or with the stations it names, locked. */
export const lockEvsesAround = (
  tx: Transaction,
  locationId: LocationId,
  evses: readonly EvseDetail[],
): Promise<KeptEvse[]> =>
  tx.query<KeptEvse>(
    `select evse_uid as "evseUid", location_id as "locationId", station_id as "stationId",
            station_evse as "stationEvse", fixed_status as fixed
       from ocpp_gateway.evses
      where location_id = $1 or evse_uid = any($2) or station_id = any($3)
      order by evse_uid for update`,
    [locationId, evses.map(({ evseUid }) => evseUid), evses.map(({ stationId }) => stationId)],
  );

export async function saveLocation(
  tx: Transaction,
  detail: LocationDetail,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into ocpp_gateway.locations (location_id, detail, updated_at) values ($1, $2, $3)
     on conflict (location_id) do update
       set detail = excluded.detail, updated_at = excluded.updated_at`,
    [detail.locationId, JSON.stringify(detail), at],
  );
}

/** An EVSE never goes: partners that know it are told that it was removed (OCPI). */
export async function removeEvses(
  tx: Transaction,
  evseUids: readonly string[],
  at: Instant,
): Promise<void> {
  await tx.query(
    `update ocpp_gateway.evses
        set fixed_status = 'REMOVED', status = 'REMOVED', updated_at = $2
      where evse_uid = any($1) and fixed_status is distinct from 'REMOVED'`,
    [evseUids, at],
  );
}

export async function saveEvse(
  tx: Transaction,
  locationId: LocationId,
  detail: EvseDetail,
  fixed: FixedStatus | undefined,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into ocpp_gateway.evses as known
       (evse_uid, location_id, station_id, station_evse, detail, fixed_status, status, updated_at)
     values ($1, $2, $3, $4, $5, $6, coalesce($6, 'UNKNOWN'), $7)
     on conflict (evse_uid) do update
       set location_id = excluded.location_id, station_id = excluded.station_id,
           station_evse = excluded.station_evse, detail = excluded.detail,
           fixed_status = excluded.fixed_status,
           updated_at = case when known.detail = excluded.detail
                              and known.fixed_status is not distinct from excluded.fixed_status
                             then known.updated_at else excluded.updated_at end`,
    [
      detail.evseUid,
      locationId,
      detail.stationId,
      detail.stationEvse,
      JSON.stringify(detail),
      fixed ?? null,
      at,
    ],
  );
}

/** @returns undefined when there is no such location. */
export async function findLocation(
  tx: Transaction,
  locationId: LocationId,
): Promise<Location | undefined> {
  const [row] = await tx.query<{ location: object }>(
    `select location.detail || jsonb_build_object(
              'updatedAt', location.updated_at,
              'evses', coalesce((
                select jsonb_agg(evse.detail || jsonb_build_object(
                         'status', evse.status, 'updatedAt', evse.updated_at)
                       order by evse.station_id, evse.station_evse, evse.evse_uid)
                  from ocpp_gateway.evses evse
                 where evse.location_id = location.location_id), '[]'::jsonb)) as location
       from ocpp_gateway.locations location where location_id = $1`,
    [locationId],
  );
  return row && locationSchema.parse(row.location);
}
