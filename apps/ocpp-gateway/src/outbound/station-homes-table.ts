import { type CellEvent, type StationHome, isNewerHome } from '@voltledger/contracts';
import { type StationId, type Transaction } from '@voltledger/kernel';

type Move = CellEvent['data'];

/** Where a station was moved to, locked until the end of `tx`; undefined: it never was. */
export async function lockedHome(
  tx: Transaction,
  stationId: StationId,
): Promise<StationHome | undefined> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 6))', [stationId]);
  const [row] = await tx.query<StationHome>(
    'select region, epoch from ocpp_gateway.station_homes where station_id = $1',
    [stationId],
  );
  return row;
}

/** The EVSEs that stand for the station in our registry. */
export async function evsesOf(tx: Transaction, stationId: StationId): Promise<string[]> {
  const rows = await tx.query<{ evse_uid: string }>(
    'select evse_uid from ocpp_gateway.evses where station_id = $1 order by evse_uid',
    [stationId],
  );
  return rows.map((row) => row.evse_uid);
}

/** Older news change nothing. @returns whether these were newer. */
export async function keepHome(tx: Transaction, move: Move): Promise<boolean> {
  const { stationId, home, by, note, at } = move;
  if (!isNewerHome(home, await lockedHome(tx, stationId))) return false;
  await tx.query(
    `insert into ocpp_gateway.station_homes (station_id, region, epoch, moved_by, note, moved_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (station_id) do update set region = excluded.region, epoch = excluded.epoch,
       moved_by = excluded.moved_by, note = excluded.note, moved_at = excluded.moved_at`,
    [stationId, home.region, home.epoch, by, note ?? null, at],
  );
  return true;
}
