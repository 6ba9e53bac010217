import { type Migration } from '@voltledger/platform';

export const transactions: Migration = {
  name: 'ocpp-gateway/003-transactions',
  up: [
    // Positive 32-bit numbers, never used twice (OCPP-1.6-TX-01): it stops rather than cycles.
    `create sequence ocpp_gateway.transaction_numbers as integer minvalue 1 no cycle`,
    `create table ocpp_gateway.transactions (
       station_id text not null,
       transaction_id text not null,
       -- 'us' or 'station'
       numbered_by text not null,
       evse integer,
       token_uid text,
       started_at timestamptz not null,
       meter_start bigint,
       -- Hash of connector, idTag, timestamp and meterStart: a retried start has the same.
       start_key text,
       ended_at timestamptz,
       -- Fingerprint of the report that ended it: a retried stop has the same.
       end_fingerprint text,
       primary key (station_id, transaction_id)
     )`,
    `create unique index transactions_start on ocpp_gateway.transactions (station_id, start_key)
       where start_key is not null`,
    `create index transactions_open on ocpp_gateway.transactions (station_id)
       where ended_at is null`,
    `create index transactions_end on ocpp_gateway.transactions (station_id, end_fingerprint)
       where end_fingerprint is not null`,
  ],
};
