import { Inject, Injectable } from '@nestjs/common';
import { type EvseStatus, type Location } from '@voltledger/contracts';
import { type Transaction } from '@voltledger/kernel';
import {
  DATABASE,
  type Database,
  type Kept,
  contentHash,
  keptRow,
  keptValues,
} from '@voltledger/platform';
import { type WantedEvse, evseKeyOf } from './wanted-evse';

/** An EVSE as a remote request needs it. */
export interface KnownEvse {
  readonly evseId: string;
  readonly evseUid: string;
  readonly timeZone: string;
  readonly status: EvseStatus;
  readonly isRemoteControlled: boolean;
}

/** An EVSE as an operator looks at it. */
export interface ListedEvse {
  readonly evseId: string;
  readonly evseUid: string;
  readonly ourStatus: EvseStatus;
  readonly pushedStatus: string | null;
  readonly isPushed: boolean;
  /** What Hubject has is what it is to have. */
  readonly isCurrent: boolean;
  readonly problem: string | null;
  readonly refusal: string | null;
  readonly remarks: readonly string[];
}

/** Whoever writes several EVSEs takes them in one order, so that nobody waits in a circle. */
export async function lockEvses(
  tx: Transaction,
  evseKeys: readonly string[],
  locationId?: string,
): Promise<void> {
  await tx.query(
    `select 1 from roaming_oicp.evses where evse_key = any($1) or location_id = $2
     order by evse_key for update`,
    [evseKeys, locationId ?? null],
  );
}

/** The tables `locations` and `evses`: what the broker is to know. */
@Injectable()
export class Evses {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  location(locationId: string, tx: Transaction): Promise<Kept<Location> | undefined> {
    return keptRow('roaming_oicp.locations', 'location_id', locationId, tx);
  }

  async saveLocation(kept: Kept<Location>, tx: Transaction): Promise<void> {
    await tx.query(
      `insert into roaming_oicp.locations (location_id, state, through, rebuild)
       values ($1, $2, $3, $4)
       on conflict (location_id) do update set state = excluded.state,
         through = excluded.through, rebuild = excluded.rebuild`,
      [kept.state.locationId, ...keptValues(kept)],
    );
  }

  /** What a location's EVSEs are from now on; those that are gone from it are to be deleted. */
  async replace(locationId: string, wanted: readonly WantedEvse[], tx: Transaction): Promise<void> {
    const keys = wanted.map(({ evseKey }) => evseKey);
    await lockEvses(tx, keys, locationId);
    await tx.query(
      `update roaming_oicp.evses
       set record = null, record_hash = null, status = null, our_status = 'REMOVED'
       where location_id = $1 and not evse_key = any($2)`,
      [locationId, keys],
    );
    for (const each of wanted) await this.save(locationId, each, tx);
  }

  async save(locationId: string, evse: WantedEvse, tx: Transaction): Promise<void> {
    await tx.query(
      `insert into roaming_oicp.evses
         (evse_key, evse_id, evse_uid, location_id, our_status, status_at, is_remote_controlled,
          record, record_hash, status, problem, remarks)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (evse_key) do update set
         evse_id = excluded.evse_id, evse_uid = excluded.evse_uid,
         location_id = excluded.location_id, our_status = excluded.our_status,
         status_at = excluded.status_at, is_remote_controlled = excluded.is_remote_controlled,
         record = excluded.record, record_hash = excluded.record_hash, status = excluded.status,
         problem = excluded.problem, remarks = excluded.remarks`,
      [
        evse.evseKey,
        evse.evseId,
        evse.evseUid,
        locationId,
        evse.ourStatus,
        evse.statusAt,
        evse.isRemoteControlled,
        evse.record ? JSON.stringify(evse.record) : null,
        evse.record ? contentHash(evse.record) : null,
        evse.status ?? null,
        evse.problem ?? null,
        JSON.stringify(evse.remarks),
      ],
    );
  }

  /** By EvseID in any spelling. */
  async find(evseId: string): Promise<KnownEvse | undefined> {
    const [row] = await this.database.query<KnownEvse>(
      `select evse_id as "evseId", evse_uid as "evseUid", our_status as status,
              state->>'timeZone' as "timeZone", is_remote_controlled as "isRemoteControlled"
       from roaming_oicp.evses join roaming_oicp.locations using (location_id)
       where evse_key = $1`,
      [evseKeyOf(evseId)],
    );
    return row;
  }

  async list(
    filter: { readonly after?: string | undefined; readonly withProblems: boolean },
    limit: number,
  ): Promise<(ListedEvse & { readonly evseKey: string })[]> {
    return this.database.query<ListedEvse & { readonly evseKey: string }>(
      `select evse_key as "evseKey", evse_id as "evseId", evse_uid as "evseUid",
              our_status as "ourStatus", pushed_status as "pushedStatus",
              pushed_hash is not null as "isPushed",
              pushed_hash is not distinct from record_hash
                and pushed_status is not distinct from status as "isCurrent",
              problem, refusal, remarks
       from roaming_oicp.evses
       where evse_key > $1 and (not $2 or problem is not null or refusal is not null)
       order by evse_key limit $3`,
      [filter.after ?? '', filter.withProblems, limit],
    );
  }
}
