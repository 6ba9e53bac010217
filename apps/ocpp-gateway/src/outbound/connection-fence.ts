import { type StationId, type Transaction } from '@voltledger/kernel';

/**
 * The station has another connection by now, or was given up: what came on this one is not written.
 * It gets no answer either, so that the station says it again where it is connected (OCPP-J-CONN-11).
 */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(stationId: StationId) {
    super(`${stationId} is connected elsewhere by now`);
  }
}

/** A connection a station told something on. */
export interface HeldBy {
  readonly stationId: StationId;
  /** Of the connection: the station's latest one has the highest. */
  readonly epoch: number;
}

/**
 * The fence between gateways: those of `told` whose connection is still their station's. They stay
 * it until `tx` ends: whoever takes a station over waits, so what the old connection brought lies
 * before everything the new one brings. In the order of the stations, against deadlocks.
 */
export async function stillHeld(
  tx: Transaction,
  told: readonly HeldBy[],
): Promise<ReadonlySet<StationId>> {
  const rows = await tx.query<{ station_id: StationId }>(
    `select connection.station_id from ocpp_gateway.connections connection
       join json_to_recordset($1) as told("stationId" text, epoch bigint)
         on told."stationId" = connection.station_id and told.epoch = connection.epoch
      where connection.disconnected_at is null
      order by connection.station_id
        for share of connection`,
    [JSON.stringify(told.map(({ stationId, epoch }) => ({ stationId, epoch })))],
  );
  return new Set(rows.map(({ station_id }) => station_id));
}
