import { type Instant, type StationId, type Transaction } from '@voltledger/kernel';

export interface Notice {
  readonly stationId: StationId;
  /** The OCPP action, or what we call it. */
  readonly action: string;
  readonly payload: unknown;
  readonly reportedAt?: Instant;
  readonly arrivedAt: Instant;
}

/** Kept as told, for people to look at. */
export async function keepNotice(tx: Transaction, notice: Notice): Promise<void> {
  const { stationId, action, payload, reportedAt, arrivedAt } = notice;
  await tx.query(
    `insert into ocpp_gateway.notices (station_id, action, payload, reported_at, arrived_at)
     values ($1, $2, $3, $4, $5)`,
    [stationId, action, JSON.stringify(payload), reportedAt ?? null, arrivedAt],
  );
}

export interface Variable {
  readonly component: string;
  readonly variable: string;
  readonly told: object;
}

/** The device model as the station last told it. */
export async function keepVariables(
  tx: Transaction,
  stationId: StationId,
  variables: readonly Variable[],
  at: Instant,
): Promise<void> {
  if (variables.length === 0) return;
  const newest = new Map(variables.map((each) => [`${each.component}\n${each.variable}`, each]));
  await tx.query(
    `insert into ocpp_gateway.variables (station_id, component, variable, told, updated_at)
     select $1, told.component, told.variable, told.told, $3
       from json_to_recordset($2) as told(component text, variable text, told json)
     on conflict (station_id, component, variable) do update
       set told = excluded.told, updated_at = excluded.updated_at`,
    [stationId, JSON.stringify([...newest.values()]), at],
  );
}

/** The latest values of an EVSE that belong to no session; 0 is the main meter. */
export async function keepTelemetry(
  tx: Transaction,
  stationId: StationId,
  evse: number,
  payload: object,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into ocpp_gateway.telemetry (station_id, evse, payload, arrived_at)
     values ($1, $2, $3, $4)
     on conflict (station_id, evse) do update
       set payload = excluded.payload, arrived_at = excluded.arrived_at`,
    [stationId, evse, JSON.stringify(payload), at],
  );
}
