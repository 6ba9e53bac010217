import { type Migration } from '@voltledger/platform';

export const sessionTables: Migration = {
  name: 'session/001-session-tables',
  up: [
    // The whitelist: tokens of our own customers, and what partners tell us of theirs.
    `create table session.tokens (
      uid text not null,
      type text not null,
      issued_by text not null,
      token jsonb not null,
      updated_at timestamptz not null
    )`,
    // One token per text and type and issuer; the text compares without regard to case.
    `create unique index on session.tokens (lower(uid), type, issued_by)`,
    `create index on session.tokens (issued_by, type, lower(uid))`,

    // Written before the question is put, so that its answer always finds it.
    `create table session.authorization_requests (
      request_id uuid primary key,
      station_id text not null,
      token_uid text not null,
      session_id uuid,
      asked_at timestamptz not null,
      -- While somebody is asked: when we give up.
      until timestamptz
    )`,
    `create index on session.authorization_requests (station_id, token_uid, asked_at desc)`,
    `create index on session.authorization_requests (until) where until is not null`,

    `create sequence session.remote_start_ids as integer minvalue 1 cycle`,
    // Written before the station is asked: its transaction can never overtake the row.
    `create table session.pending_starts (
      start_id uuid primary key,
      remote_start_id integer not null default nextval('session.remote_start_ids'),
      station_id text not null,
      station_evse integer not null,
      token_uid text not null,
      authorization_given jsonb not null,
      asked_at timestamptz not null,
      expires_at timestamptz not null,
      session_id uuid,
      closed boolean not null default false
    )`,
    `create unique index on session.pending_starts (station_id, remote_start_id)`,
    `create index on session.pending_starts (expires_at) where not closed`,

    // Which session a stop belongs to; the station answers with the command's id only.
    `create table session.pending_stops (
      command_id uuid primary key,
      session_id uuid not null,
      asked_at timestamptz not null
    )`,

    // What may need somebody to act without a report: a gap, or an end that never comes.
    `create table session.open_sessions (
      session_id uuid primary key,
      station_id text not null,
      station_evse integer,
      -- Null: its start was not reported yet.
      started_at timestamptz,
      numbered boolean not null,
      -- The oldest report that waits for its turn arrived then.
      waiting_since timestamptz,
      -- A newer session began on the same EVSE.
      superseded_at timestamptz,
      -- The station says nobody is there.
      available_since timestamptz,
      check_at timestamptz not null
    )`,
    `create index on session.open_sessions (station_id, station_evse)`,
    `create index on session.open_sessions (waiting_since) where waiting_since is not null`,
    `create index on session.open_sessions (superseded_at) where superseded_at is not null`,
    `create index on session.open_sessions (available_since) where available_since is not null`,
    `create index on session.open_sessions (check_at)`,

    // Where sessions can start: what location.events say of our EVSEs.
    `create table session.evses (
      evse_uid text primary key,
      location_id text not null,
      station_id text not null,
      station_evse integer not null,
      place jsonb not null,
      evse jsonb not null,
      updated_at timestamptz not null
    )`,
    `create index on session.evses (station_id, station_evse)`,
    `create index on session.evses (location_id)`,

    // Ends that fit no session: kept whole, for a person to look at (OCPP-1.6-TX-07).
    `create table session.orphan_ends (
      id text primary key,
      station_id text not null,
      transaction_id text not null,
      reported_at timestamptz not null,
      received_at timestamptz not null,
      report jsonb not null
    )`,
    `create index on session.orphan_ends (received_at desc, id desc)`,
  ],
};
