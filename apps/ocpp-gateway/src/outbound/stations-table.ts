import { type Instant, type StationId, type Transaction } from '@voltledger/kernel';
import { type Registration } from '@voltledger/ocpp';

export interface StationSettings {
  readonly securityProfile: number;
  readonly subprotocols?: readonly string[];
  readonly defaultSubprotocol?: string;
  readonly registration: Registration;
  readonly anonymousAllowed: boolean;
  readonly logFrames: boolean;
}

/** Without a hash the password stays. @returns whether the station is new. */
export async function saveStation(
  tx: Transaction,
  stationId: StationId,
  settings: StationSettings,
  passwordHash: string | undefined,
  at: Instant,
): Promise<boolean> {
  const [row] = await tx.query<{ created: boolean }>(
    `insert into ocpp_gateway.stations as known
       (station_id, password_hash, security_profile, subprotocols, default_subprotocol,
        registration, anonymous_allowed, log_frames, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (station_id) do update
       set password_hash = coalesce(excluded.password_hash, known.password_hash),
           security_profile = excluded.security_profile, subprotocols = excluded.subprotocols,
           default_subprotocol = excluded.default_subprotocol,
           registration = excluded.registration,
           anonymous_allowed = excluded.anonymous_allowed, log_frames = excluded.log_frames,
           revision = known.revision + 1, updated_at = excluded.updated_at
     returning revision = 1 as created`,
    [
      stationId,
      passwordHash ?? null,
      settings.securityProfile,
      settings.subprotocols ?? null,
      settings.defaultSubprotocol ?? null,
      settings.registration,
      settings.anonymousAllowed,
      settings.logFrames,
      at,
    ],
  );
  return row?.created ?? false;
}

export async function hasPassword(tx: Transaction, stationId: StationId): Promise<boolean> {
  const [row] = await tx.query<{ has: boolean }>(
    `select password_hash is not null as has from ocpp_gateway.stations where station_id = $1`,
    [stationId],
  );
  return row?.has ?? false;
}

/** Its transactions, calls and notices stay: they are history. */
export async function deleteStation(tx: Transaction, stationId: StationId): Promise<boolean> {
  const rows = await tx.query(
    `delete from ocpp_gateway.stations where station_id = $1 returning 1`,
    [stationId],
  );
  return rows.length > 0;
}

export async function keepBoot(
  tx: Transaction,
  stationId: StationId,
  boot: { readonly report: object; readonly registration: Registration; readonly at: Instant },
): Promise<void> {
  await tx.query(
    `update ocpp_gateway.stations set boot = $2, booted_as = $3, booted_at = $4
      where station_id = $1`,
    [stationId, JSON.stringify(boot.report), boot.registration, boot.at],
  );
}

/** Connected gateways read these stations anew. */
export async function raiseRevisions(
  tx: Transaction,
  stationIds: readonly string[],
): Promise<void> {
  await tx.query(
    `update ocpp_gateway.stations set revision = revision + 1 where station_id = any($1)`,
    [stationIds],
  );
}

export async function setPasswordHash(
  tx: Transaction,
  stationId: StationId,
  hash: string,
): Promise<void> {
  await tx.query(
    `update ocpp_gateway.stations set password_hash = $2, revision = revision + 1
      where station_id = $1`,
    [stationId, hash],
  );
}
