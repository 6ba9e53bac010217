import { Inject, Injectable } from '@nestjs/common';
import { placeSchema } from '@voltledger/contracts';
import { type StationId } from '@voltledger/kernel';
import { type Registration } from '@voltledger/ocpp';
import { DATABASE, type Database } from '@voltledger/platform';
import { type PlacedEvse, type StationRecord } from './station-record';

interface StationRow {
  revision: number;
  password_hash: string | null;
  security_profile: number;
  subprotocols: string[] | null;
  default_subprotocol: string | null;
  registration: Registration;
  booted_as: Registration | null;
  firmware_version: string | null;
  anonymous_allowed: boolean;
  log_frames: boolean;
  region: string | null;
  epoch: number | null;
}

interface EvseRow {
  evse: PlacedEvse['evse'];
  location: object;
}

/**
 * Stations as the registry has them. Read when a station connects and kept with it, so a meter
 * value costs no query. Whoever changes a station raises its revision: see `ReviewHeld`.
 */
@Injectable()
export class StationRegistry {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** @returns undefined when there is no such station. */
  async find(stationId: StationId): Promise<StationRecord | undefined> {
    const [row] = await this.database.query<StationRow>(
      `select *, boot->>'firmwareVersion' as firmware_version
         from ocpp_gateway.stations left join ocpp_gateway.station_homes using (station_id)
        where station_id = $1`,
      [stationId],
    );
    if (!row) return undefined;
    const evses = await this.database.query<EvseRow>(
      `select evse.detail as evse, location.detail as location
         from ocpp_gateway.evses evse join ocpp_gateway.locations location using (location_id)
        where station_id = $1 and fixed_status is distinct from 'REMOVED'
        order by station_evse`,
      [stationId],
    );
    return recordOf(stationId, row, evses);
  }
}

const recordOf = (
  stationId: StationId,
  row: StationRow,
  evses: readonly EvseRow[],
): StationRecord => ({
  stationId,
  revision: row.revision,
  securityProfile: row.security_profile,
  registration: row.registration,
  anonymousAllowed: row.anonymous_allowed,
  logFrames: row.log_frames,
  ...(row.password_hash !== null && { passwordHash: row.password_hash }),
  ...(row.subprotocols && { subprotocols: row.subprotocols }),
  ...(row.default_subprotocol !== null && { defaultSubprotocol: row.default_subprotocol }),
  ...(row.booted_as && { bootedAs: row.booted_as }),
  ...(row.region !== null &&
    row.epoch !== null && { home: { region: row.region, epoch: row.epoch } }),
  ...(row.firmware_version !== null && { firmwareVersion: row.firmware_version }),
  evses: evses.map(({ evse, location }) => ({ evse, place: placeSchema.parse(location) })),
});
