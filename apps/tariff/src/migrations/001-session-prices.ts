import { type Migration } from '@voltledger/platform';

export const sessionPrices: Migration = {
  name: 'tariff/001-session-prices',
  up: [
    // Each tariff a session ever started under, once, under its content hash.
    `create table tariff.frozen_tariffs (
      hash text primary key,
      tariff jsonb not null
    )`,
    // One row per session: what it is rated by and how far.
    `create table tariff.session_prices (
      session_id uuid primary key,
      -- Of the session's last event that was taken.
      revision bigint not null,
      opening jsonb not null,
      tariff_hash text references tariff.frozen_tariffs,
      -- Nobody knew a price, and the session was told so.
      without_tariff boolean not null default false,
      price jsonb,
      ended jsonb,
      priced_at timestamptz,
      -- A figure is waiting: it is told then, or a newer one in its place.
      price_due_at timestamptz,
      message_id text not null,
      correlation_id text not null
    )`,
    `create index on tariff.session_prices (price_due_at) where price_due_at is not null`,
    // What the meter and the vehicle did, to build a price anew when something comes late.
    `create table tariff.session_marks (
      session_id uuid not null,
      revision bigint not null,
      mark jsonb not null,
      primary key (session_id, revision)
    )`,
  ],
};
