import { Inject, Injectable } from '@nestjs/common';
import { type Transaction } from '@voltledger/kernel';
import { type ActionType, type EvseDataRecord, type EvseStatus } from '@voltledger/oicp';
import { DATABASE, type Database } from '@voltledger/platform';

import { lockEvses } from './evses';

/** A record to be pushed, and the version of it. */
export interface RecordToPush {
  readonly evseKey: string;
  readonly record: EvseDataRecord;
  readonly hash: string;
}

export interface StatusToPush {
  readonly evseKey: string;
  readonly evseId: string;
  readonly status: EvseStatus;
  /** The broker has a status of it already. */
  readonly isKnown: boolean;
}

/** How many EVSEs the broker is to know, knows, cannot know, and did not want. */
export interface MirrorSummary {
  readonly wanted: number;
  readonly acknowledged: number;
  readonly unmappable: number;
  readonly refused: number;
}

export type Change = Exclude<ActionType, 'fullLoad'>;

/** A version the broker refused is not offered again. */
const OFFERED = 'record_hash is distinct from refused_hash';
const DIFFERS: Readonly<Record<Change, string>> = {
  delete: 'record_hash is null and pushed_hash is not null',
  insert: `record_hash is not null and pushed_hash is null and ${OFFERED}`,
  update: `record_hash <> pushed_hash and ${OFFERED}`,
};
/** A status waits until the broker has acknowledged the EVSE's data (OICP-STA-10). */
const STATUS_DIFFERS = `pushed_hash is not null and status is not null
  and status is distinct from pushed_status and status is distinct from refused_status`;

/** What the broker knows of our EVSEs, as far as it said so, and how that differs. */
@Injectable()
export class BrokerMirror {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  async records(change: Change, limit: number): Promise<RecordToPush[]> {
    const column = change === 'delete' ? 'pushed' : 'record';
    return this.database.query<RecordToPush>(
      `select evse_key as "evseKey",
              ${column === 'pushed' ? 'pushed_record' : 'record'} as record,
              ${column}_hash as hash
       from roaming_oicp.evses where ${DIFFERS[change]} order by evse_key limit $1`,
      [limit],
    );
  }

  async wantedRecords(): Promise<RecordToPush[]> {
    return this.database.query<RecordToPush>(
      `select evse_key as "evseKey", record, record_hash as hash from roaming_oicp.evses
       where record_hash is not null and ${OFFERED} order by evse_key`,
    );
  }

  async statuses(limit: number): Promise<StatusToPush[]> {
    return this.database.query<StatusToPush>(
      `select evse_key as "evseKey", evse_id as "evseId", status,
              pushed_status is not null as "isKnown"
       from roaming_oicp.evses where ${STATUS_DIFFERS} order by status_at limit $1`,
      [limit],
    );
  }

  async wantedStatuses(): Promise<StatusToPush[]> {
    return this.database.query<StatusToPush>(
      `select evse_key as "evseKey", evse_id as "evseId", status, true as "isKnown"
       from roaming_oicp.evses where pushed_hash is not null and status is not null
       order by evse_key`,
    );
  }

  /** Whether what is wanted differs from what the broker has; of one location, or of all. */
  async differences(
    tx: Transaction,
    locationId?: string,
  ): Promise<{ readonly data: boolean; readonly status: boolean }> {
    const anyData = Object.values(DIFFERS)
      .map((each) => `(${each})`)
      .join(' or ');
    const [row] = await tx.query<{ data: boolean; status: boolean }>(
      `select coalesce(bool_or(${anyData}), false) as data,
              coalesce(bool_or(${STATUS_DIFFERS}), false) as status
       from roaming_oicp.evses where $1::text is null or location_id = $1`,
      [locationId ?? null],
    );
    return row ?? { data: false, status: false };
  }

  /** How many records the broker is known to hold. */
  async pushedCount(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(
      'select count(*)::int as count from roaming_oicp.evses where pushed_hash is not null',
    );
    return row?.count ?? 0;
  }

  async summary(): Promise<MirrorSummary> {
    const [row] = await this.database.query<MirrorSummary>(
      `select count(*) filter (where record_hash is not null)::int as wanted,
              count(*) filter (where pushed_hash is not null)::int as acknowledged,
              count(*) filter (where problem is not null)::int as unmappable,
              count(*) filter (where refusal is not null)::int as refused
       from roaming_oicp.evses`,
    );
    if (!row) throw new Error('an aggregate without a row');
    return row;
  }

  /** The broker has taken these versions. */
  acknowledge(records: readonly RecordToPush[]): Promise<void> {
    return this.database.transaction((tx) => acknowledged(records, tx));
  }

  /** The broker knows them no more; their statuses went with them. */
  forget(evseKeys: readonly string[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      await lockEvses(tx, evseKeys);
      await tx.query(`${FORGET} where evse_key = any($1)`, [evseKeys]);
    });
  }

  /** A full load replaced whatever the broker had. */
  replaceAll(records: readonly RecordToPush[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      await tx.query('select 1 from roaming_oicp.evses order by evse_key for update');
      await tx.query(`${FORGET} where not evse_key = any($1)`, [keysOf(records)]);
      await acknowledged(records, tx);
    });
  }

  async refuse({ evseKey, hash }: RecordToPush, reason: string): Promise<void> {
    await this.database.query(
      'update roaming_oicp.evses set refusal = $2, refused_hash = $3 where evse_key = $1',
      [evseKey, reason, hash],
    );
  }

  acknowledgeStatuses(statuses: readonly StatusToPush[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      await lockEvses(tx, keysOf(statuses));
      await tx.query(
        `update roaming_oicp.evses as evse set pushed_status = pushed.status, refused_status = null
         from jsonb_to_recordset($1::jsonb) as pushed ("evseKey" text, status text)
         where evse.evse_key = pushed."evseKey"`,
        [JSON.stringify(statuses)],
      );
    });
  }

  async refuseStatus({ evseKey, status }: StatusToPush, reason: string): Promise<void> {
    await this.database.query(
      'update roaming_oicp.evses set refusal = $2, refused_status = $3 where evse_key = $1',
      [evseKey, reason, status],
    );
  }
}

const FORGET = `update roaming_oicp.evses
  set pushed_record = null, pushed_hash = null, pushed_status = null`;

const keysOf = (each: readonly { readonly evseKey: string }[]): string[] =>
  each.map(({ evseKey }) => evseKey);

async function acknowledged(records: readonly RecordToPush[], tx: Transaction): Promise<void> {
  await lockEvses(tx, keysOf(records));
  await tx.query(
    `update roaming_oicp.evses as evse
     set pushed_record = pushed.record, pushed_hash = pushed.hash, refusal = null
     from jsonb_to_recordset($1::jsonb) as pushed ("evseKey" text, record jsonb, hash text)
     where evse.evse_key = pushed."evseKey"`,
    [JSON.stringify(records)],
  );
}
