import { type Migration } from '@voltledger/platform';

/** Everything that goes by one of Hubject's session ids. */
export const sessions: Migration = {
  name: 'roaming-oicp/002-sessions',
  up: [
    `create table roaming_oicp.sessions (
      session_id uuid primary key,
      -- Hubject's id, lower case; null: nobody vouched for the token yet.
      oicp_session_key text,
      state jsonb not null,
      told jsonb not null,
      -- The EMP takes no notifications, or the broker does not know the session.
      notifications_off text,
      progress_sent_at timestamptz,
      ended_at timestamptz,
      started_at timestamptz not null
    )`,
    `create index on roaming_oicp.sessions (oicp_session_key)`,
    `create index on roaming_oicp.sessions (started_at) where oicp_session_key is null`,
    `create table roaming_oicp.authorizations (
      request_id uuid primary key,
      station_id text not null,
      presented jsonb not null,
      driver jsonb not null,
      place jsonb,
      until timestamptz not null,
      correlation_id text not null,
      -- Being asked, until then.
      claimed_until timestamptz,
      answered_at timestamptz,
      code text,
      oicp_session_key text,
      payer jsonb,
      ended_unused_at timestamptz
    )`,
    `create index on roaming_oicp.authorizations (until) where answered_at is null`,
    `create index on roaming_oicp.authorizations (answered_at)
      where payer is not null and ended_unused_at is null`,
    `create table roaming_oicp.remote_starts (
      oicp_session_key text primary key,
      start_id uuid not null unique,
      id_tag text not null unique,
      evse_id text not null,
      time_zone text not null,
      "authorization" jsonb not null,
      requested_at timestamptz not null,
      until timestamptz not null,
      -- The station's word, or ours when it came too late; null: nobody's yet.
      answer text,
      answered_at timestamptz,
      -- What Hubject was told.
      told text
    )`,
    `create table roaming_oicp.remote_stops (
      command_id uuid primary key,
      oicp_session_key text not null,
      session_id uuid not null,
      requested_at timestamptz not null,
      answer text,
      answered_at timestamptz
    )`,
    `create index on roaming_oicp.remote_stops (oicp_session_key, requested_at)`,
  ],
};
