import { type Instant, type StationId, type Transaction } from '@voltledger/kernel';

export interface OwnedConnection {
  readonly stationId: StationId;
  readonly connectionId: string;
  readonly instance: string;
  readonly subprotocol: string;
  readonly address: string;
  readonly at: Instant;
}

export interface Taken {
  readonly epoch: number;
  /** Whether the world thought the station was away. */
  readonly wasAway: boolean;
  /** The one it replaces, open or not. */
  readonly connectionBefore: string | undefined;
}

/** Waits for what is being written on the connection before: from then on, that one is fenced. */
export async function takeConnection(tx: Transaction, own: OwnedConnection): Promise<Taken> {
  const { stationId, connectionId, instance, subprotocol, address, at } = own;
  const [before] = await tx.query<{ announced: boolean; connection_id: string }>(
    `select announced, connection_id from ocpp_gateway.connections where station_id = $1 for update`,
    [stationId],
  );
  const [taken] = await tx.query<{ epoch: number }>(
    `insert into ocpp_gateway.connections
       (station_id, connection_id, instance, subprotocol, address, connected_at, seen_at, announced)
     values ($1, $2, $3, $4, $5, $6, $6, true)
     on conflict (station_id) do update
       set connection_id = excluded.connection_id, instance = excluded.instance,
           subprotocol = excluded.subprotocol, address = excluded.address,
           connected_at = excluded.connected_at, seen_at = excluded.seen_at,
           disconnected_at = null, announced = true,
           epoch = nextval('ocpp_gateway.connection_epochs')
     returning epoch`,
    [stationId, connectionId, instance, subprotocol, address, at],
  );
  if (!taken) throw new Error(`the upsert of the connection of ${stationId} returned nothing`);
  return {
    epoch: taken.epoch,
    wasAway: before?.announced !== true,
    connectionBefore: before?.connection_id,
  };
}

/** Nothing when the station has another connection by now (OCPP-J-CONN-09). */
export async function loseConnection(
  tx: Transaction,
  { stationId, connectionId, at }: Pick<OwnedConnection, 'stationId' | 'connectionId' | 'at'>,
): Promise<void> {
  await tx.query(
    `update ocpp_gateway.connections set disconnected_at = $3, seen_at = $3
      where station_id = $1 and connection_id = $2 and disconnected_at is null`,
    [stationId, connectionId, at],
  );
}

/** Whether this very connection is still the one its station uses (OCPP-J-CONN-11). */
export async function ownsConnection(
  tx: Transaction,
  stationId: StationId,
  connectionId: string,
): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from ocpp_gateway.connections
      where station_id = $1 and connection_id = $2 and disconnected_at is null`,
    [stationId, connectionId],
  );
  return rows.length > 0;
}

/** The gateway that holds the station, if one does that is not known to be dead. */
export async function holderOf(
  tx: Transaction,
  stationId: StationId,
  aliveSince: Instant | undefined,
): Promise<string | undefined> {
  const [row] = await tx.query<{ instance: string }>(
    `select instance from ocpp_gateway.connections
       join ocpp_gateway.instances using (instance)
      where station_id = $1 and disconnected_at is null
        and ($2::timestamptz is null or instances.seen_at >= $2)`,
    [stationId, aliveSince ?? null],
  );
  return row?.instance;
}

/** Tells the other gateways that this one lives. */
export async function signInstance(tx: Transaction, instance: string, at: Instant): Promise<void> {
  await tx.query(
    `insert into ocpp_gateway.instances (instance, seen_at) values ($1, $2)
     on conflict (instance) do update set seen_at = excluded.seen_at`,
    [instance, at],
  );
}

/** Takes gateways off the list that gave no sign of life since then; each is taken once. */
export async function takeDeadInstances(tx: Transaction, aliveSince: Instant): Promise<string[]> {
  const rows = await tx.query<{ instance: string }>(
    `delete from ocpp_gateway.instances where instance in (
       select instance from ocpp_gateway.instances where seen_at < $1 for update skip locked)
     returning instance`,
    [aliveSince],
  );
  return rows.map(({ instance }) => instance);
}

/** What this instance held when it ended without saying so. */
export async function dropConnections(
  tx: Transaction,
  instance: string,
  at: Instant,
): Promise<void> {
  await tx.query(
    `update ocpp_gateway.connections set disconnected_at = $2
      where instance = $1 and disconnected_at is null`,
    [instance, at],
  );
}

export interface Departure {
  readonly stationId: StationId;
  readonly at: Instant;
}

/**
 * Stations that have been away for the grace time and were not announced yet; a gateway that gave
 * no sign of life has lost all of its. Locked; another gateway skips them.
 */
export async function takeDepartures(
  tx: Transaction,
  limits: { readonly lostBefore: Instant; readonly aliveSince: Instant | undefined },
  max: number,
): Promise<Departure[]> {
  const rows = await tx.query<{ station_id: StationId; lost_at: Instant }>(
    `update ocpp_gateway.connections connection
        set announced = false, disconnected_at = coalesce(disconnected_at, seen_at)
      where station_id in (
        select station_id from ocpp_gateway.connections
          left join ocpp_gateway.instances using (instance)
         where announced
           and (disconnected_at < $1
                or (disconnected_at is null and coalesce(instances.seen_at, '-infinity') < $2))
         order by station_id limit $3 for update of connections skip locked)
      returning station_id, disconnected_at as lost_at`,
    [limits.lostBefore, limits.aliveSince ?? null, max],
  );
  return rows.map(({ station_id, lost_at }) => ({ stationId: station_id, at: lost_at }));
}

export interface Held {
  readonly stationId: StationId;
  readonly connectionId: string;
  readonly seenAt: Instant;
}

export interface HeldState {
  readonly stationId: StationId;
  /** The connection the station uses now, as the database has it; null when it is given up. */
  readonly connectionId: string | null;
  /** Absent when the station was deleted. */
  readonly revision: number | null;
}

/** Notes signs of life (to half a minute), and tells what became of the stations this process believes to hold. */
export async function reviewHeld(tx: Transaction, held: readonly Held[]): Promise<HeldState[]> {
  const list = JSON.stringify(held);
  await tx.query(
    // Whoever writes a report holds its row: that one is noted next time.
    `with held as (
       select held.* from ocpp_gateway.connections connection
         join json_to_recordset($1)
           as held("stationId" text, "connectionId" uuid, "seenAt" timestamptz)
           on held."stationId" = connection.station_id
        where connection.connection_id = held."connectionId"
          and held."seenAt" > connection.seen_at + interval '30 seconds'
          for update of connection skip locked)
     update ocpp_gateway.connections connection set seen_at = held."seenAt"
       from held where connection.station_id = held."stationId"`,
    [list],
  );
  return tx.query<HeldState>(
    `select held."stationId", station.revision,
            case when connection.disconnected_at is null then connection.connection_id
            end as "connectionId"
       from json_to_recordset($1) as held("stationId" text)
       left join ocpp_gateway.connections connection on connection.station_id = held."stationId"
       left join ocpp_gateway.stations station on station.station_id = held."stationId"`,
    [list],
  );
}
