import { type Migration } from '@voltledger/platform';

/** Every request and answer between us and Hubject, without what would tell who charged. */
export const exchanges: Migration = {
  name: 'roaming-oicp/004-exchanges',
  up: [
    `create table roaming_oicp.exchanges (
      exchange_id bigint generated always as identity primary key,
      at timestamptz not null,
      direction text not null check (direction in ('out', 'in')),
      operation text not null,
      path text not null,
      oicp_session_key text,
      -- HTTP status; null: no answer.
      status int,
      -- OICP status code, or what went wrong.
      code text not null,
      succeeded boolean not null,
      -- Hubject's own reference of the exchange.
      process_id text,
      duration_ms int not null,
      correlation_id text,
      request jsonb,
      answer jsonb
    )`,
    `create index on roaming_oicp.exchanges (at)`,
    `create index on roaming_oicp.exchanges (oicp_session_key, exchange_id)`,
    `create index on roaming_oicp.exchanges (operation, exchange_id)`,
  ],
};
