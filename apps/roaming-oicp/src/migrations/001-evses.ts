import { type Migration } from '@voltledger/platform';

/** What Hubject is to know of our EVSEs, and what it acknowledged. */
export const evses: Migration = {
  name: 'roaming-oicp/001-evses',
  up: [
    `create table roaming_oicp.locations (
      location_id text primary key,
      location jsonb not null
    )`,
    `create table roaming_oicp.evses (
      -- The EvseID without separators, upper case.
      evse_key text primary key,
      evse_id text not null,
      evse_uid text not null,
      location_id text not null,
      our_status text not null,
      status_at timestamptz not null,
      is_remote_controlled boolean not null,
      -- Null: the broker is not to know the EVSE.
      record jsonb,
      record_hash text,
      status text,
      -- Why it has no record, or what is left out of it.
      problem text,
      remarks jsonb not null,
      -- What the broker acknowledged; null: it does not know the EVSE.
      pushed_record jsonb,
      pushed_hash text,
      pushed_status text,
      -- Why the broker refused it, and which version: that one is not sent again.
      refusal text,
      refused_hash text,
      refused_status text
    )`,
    `create index on roaming_oicp.evses (location_id)`,
    `create index on roaming_oicp.evses (evse_key)
      where record_hash is distinct from pushed_hash`,
    `create index on roaming_oicp.evses (status_at)
      where status is distinct from pushed_status`,
    `create table roaming_oicp.full_loads (
      sequence text primary key check (sequence in ('evse-data', 'evse-status')),
      loaded_at timestamptz,
      due boolean not null,
      -- An operator said that it may be much smaller than the one before.
      confirmed boolean not null
    )`,
    `insert into roaming_oicp.full_loads (sequence, due, confirmed)
      values ('evse-data', true, false), ('evse-status', true, false)`,
  ],
};
