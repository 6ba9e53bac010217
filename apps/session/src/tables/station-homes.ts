import { type CellEvent, type StationHome, isNewerHome } from '@voltledger/contracts';
import { type Instant, type StationId, type Transaction } from '@voltledger/kernel';

export interface KnownHome extends StationHome {
  readonly movedAt: Instant;
}

/** Undefined: the station was never moved. */
export async function homeOf(
  tx: Transaction,
  stationId: StationId,
): Promise<KnownHome | undefined> {
  const [row] = await tx.query<KnownHome>(
    `select region, epoch, moved_at as "movedAt" from session.station_homes
     where station_id = $1`,
    [stationId],
  );
  return row;
}

/** News of one station come in order of each cell, but those of two cells in any. */
export async function keepHome(tx: Transaction, move: CellEvent['data']): Promise<void> {
  const { stationId, home, at } = move;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 6))', [stationId]);
  if (!isNewerHome(home, await homeOf(tx, stationId))) return;
  await tx.query(
    `insert into session.station_homes (station_id, region, epoch, moved_at)
     values ($1, $2, $3, $4)
     on conflict (station_id) do update set region = excluded.region, epoch = excluded.epoch,
       moved_at = excluded.moved_at`,
    [stationId, home.region, home.epoch, at],
  );
}
