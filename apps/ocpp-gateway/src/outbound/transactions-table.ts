import {
  type Instant,
  type MilliWattHours,
  type StationId,
  type Transaction,
} from '@voltledger/kernel';

/** A transaction of a station, as far as the gateway has to remember it. */
export interface OpenTransactionRow {
  readonly transactionId: string;
  readonly numberedBy: 'us' | 'station';
  readonly evse?: number;
  readonly tokenUid?: string;
  readonly startedAt: Instant;
  readonly meterStart?: MilliWattHours;
  readonly ended: boolean;
}

interface Row {
  transaction_id: string;
  numbered_by: 'us' | 'station';
  evse: number | null;
  token_uid: string | null;
  started_at: Instant;
  meter_start: MilliWattHours | null;
  ended_at: Instant | null;
}

const COLUMNS = `transaction_id, numbered_by, evse, token_uid, started_at, meter_start, ended_at`;

const transactionOf = (row: Row): OpenTransactionRow => ({
  transactionId: row.transaction_id,
  numberedBy: row.numbered_by,
  startedAt: row.started_at,
  ended: row.ended_at !== null,
  ...(row.evse !== null && { evse: row.evse }),
  ...(row.token_uid !== null && { tokenUid: row.token_uid }),
  ...(row.meter_start !== null && { meterStart: row.meter_start }),
});

const OPEN_MAX = 100;

/** Those whose end we have not seen, newest first; of a station that never ends any, the newest. */
export async function openTransactions(
  tx: Transaction,
  stationId: StationId,
): Promise<OpenTransactionRow[]> {
  const rows = await tx.query<Row>(
    `select ${COLUMNS} from ocpp_gateway.transactions
      where station_id = $1 and ended_at is null
      order by started_at desc limit $2`,
    [stationId, OPEN_MAX],
  );
  return rows.map(transactionOf);
}

export async function findTransaction(
  tx: Transaction,
  stationId: StationId,
  transactionId: string,
): Promise<OpenTransactionRow | undefined> {
  const [row] = await tx.query<Row>(
    `select ${COLUMNS} from ocpp_gateway.transactions where station_id = $1 and transaction_id = $2`,
    [stationId, transactionId],
  );
  return row && transactionOf(row);
}

/** The transaction that this very report has ended before. */
export async function endedBy(
  tx: Transaction,
  stationId: StationId,
  fingerprint: string,
): Promise<OpenTransactionRow | undefined> {
  const [row] = await tx.query<Row>(
    `select ${COLUMNS} from ocpp_gateway.transactions
      where station_id = $1 and end_fingerprint = $2`,
    [stationId, fingerprint],
  );
  return row && transactionOf(row);
}

export interface NewTransaction {
  readonly stationId: StationId;
  readonly evse?: number;
  readonly tokenUid?: string;
  readonly startedAt: Instant;
  readonly meterStart?: MilliWattHours;
}

/**
 * Gives a number to a transaction, the same for the same `startKey` (OCPP-1.6-TX-02).
 *
 * Locks nothing but the row: stations do not wait for each other.
 */
export async function numberTransaction(
  tx: Transaction,
  started: NewTransaction,
  startKey: string,
): Promise<OpenTransactionRow> {
  const { stationId } = started;
  const [made] = await tx.query<Row>(
    `insert into ocpp_gateway.transactions
       (station_id, transaction_id, numbered_by, evse, token_uid, started_at, meter_start, start_key)
     select $1::text, nextval('ocpp_gateway.transaction_numbers')::text, 'us',
            $2::integer, $3::text, $4::timestamptz, $5::bigint, $6::text
      where not exists (select 1 from ocpp_gateway.transactions
                         where station_id = $1::text and start_key = $6::text)
     on conflict (station_id, start_key) where start_key is not null do nothing
     returning ${COLUMNS}`,
    [...columns(started), startKey],
  );
  if (made) return transactionOf(made);
  const [known] = await tx.query<Row>(
    `select ${COLUMNS} from ocpp_gateway.transactions where station_id = $1 and start_key = $2`,
    [stationId, startKey],
  );
  if (!known) throw new Error(`a transaction of ${stationId} was there and is gone`);
  return transactionOf(known);
}

/** Remembers a transaction that the station numbers; learns its EVSE and token when told later. */
export async function rememberTransaction(
  tx: Transaction,
  seen: NewTransaction,
  transactionId: string,
): Promise<OpenTransactionRow> {
  const [row] = await tx.query<Row>(
    `insert into ocpp_gateway.transactions as known
       (station_id, transaction_id, numbered_by, evse, token_uid, started_at, meter_start)
     values ($1, $6, 'station', $2, $3, $4, $5)
     on conflict (station_id, transaction_id) do update
       set evse = coalesce(known.evse, excluded.evse),
           token_uid = coalesce(known.token_uid, excluded.token_uid),
           started_at = least(known.started_at, excluded.started_at)
     returning ${COLUMNS}`,
    [...columns(seen), transactionId],
  );
  if (!row) throw new Error(`the upsert of ${transactionId} returned nothing`);
  return transactionOf(row);
}

export async function endTransaction(
  tx: Transaction,
  stationId: StationId,
  transactionId: string,
  { endedAt, fingerprint }: { readonly endedAt: Instant; readonly fingerprint: string },
): Promise<void> {
  await tx.query(
    `update ocpp_gateway.transactions
        set ended_at = coalesce(ended_at, $3), end_fingerprint = coalesce(end_fingerprint, $4)
      where station_id = $1 and transaction_id = $2`,
    [stationId, transactionId, endedAt, fingerprint],
  );
}

const columns = ({
  stationId,
  evse,
  tokenUid,
  startedAt,
  meterStart,
}: NewTransaction): unknown[] => [
  stationId,
  evse ?? null,
  tokenUid ?? null,
  startedAt,
  meterStart ?? null,
];
