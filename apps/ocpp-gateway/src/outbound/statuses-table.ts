import { type EvseStatus } from '@voltledger/contracts';
import {
  type Instant,
  type LocationId,
  type StationId,
  type Transaction,
} from '@voltledger/kernel';

export interface ReportedStatus {
  readonly evse: number;
  readonly connector: number;
  readonly status: EvseStatus;
  readonly reported: string;
  readonly detail: object;
  readonly at: Instant;
  readonly arrivedAt: Instant;
}

/** Keeps it unless a newer one is known (OCPP-J-STAT-02). @returns whether it was kept. */
export async function keepStatus(
  tx: Transaction,
  stationId: StationId,
  { evse, connector, status, reported, detail, at, arrivedAt }: ReportedStatus,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into ocpp_gateway.connector_statuses as known
       (station_id, evse, connector, status, reported, detail, at, arrived_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (station_id, evse, connector) do update
       set status = excluded.status, reported = excluded.reported, detail = excluded.detail,
           at = excluded.at, arrived_at = excluded.arrived_at
       where known.at <= excluded.at
     returning 1`,
    [stationId, evse, connector, status, reported, JSON.stringify(detail), at, arrivedAt],
  );
  return rows.length > 0;
}

export interface StatusOf {
  readonly evse: number;
  readonly connector: number;
  readonly status: EvseStatus;
}

export const statusesOf = (tx: Transaction, stationId: StationId): Promise<StatusOf[]> =>
  tx.query<StatusOf>(
    `select evse, connector, status from ocpp_gateway.connector_statuses where station_id = $1`,
    [stationId],
  );

export interface EvseOfStation {
  readonly evseUid: string;
  readonly evseId: string;
  readonly locationId: LocationId;
  readonly stationEvse: number;
  readonly fixed: 'PLANNED' | 'REMOVED' | null;
  readonly status: EvseStatus;
}

/** Locked: whoever changes a status decides on what it is now. */
export const lockEvses = (tx: Transaction, stationId: StationId): Promise<EvseOfStation[]> =>
  tx.query<EvseOfStation>(
    `select evse_uid as "evseUid", detail->>'evseId' as "evseId", location_id as "locationId",
            station_evse as "stationEvse", fixed_status as fixed, status
       from ocpp_gateway.evses where station_id = $1 order by evse_uid for update`,
    [stationId],
  );

export async function setEvseStatus(
  tx: Transaction,
  evseUid: string,
  status: EvseStatus,
  at: Instant,
): Promise<void> {
  await tx.query(`update ocpp_gateway.evses set status = $2, updated_at = $3 where evse_uid = $1`, [
    evseUid,
    status,
    at,
  ]);
}

export async function isAnnounced(tx: Transaction, stationId: StationId): Promise<boolean> {
  const [row] = await tx.query<{ announced: boolean }>(
    `select announced from ocpp_gateway.connections where station_id = $1`,
    [stationId],
  );
  return row?.announced ?? false;
}
