import { type Migration } from '@voltledger/platform';
import { changeable, refuseChange } from './append-only';

/** One row per session: what its events and its price say, until its CDR is settled. */
export const chargeableSessions: Migration = {
  name: 'billing/001-chargeable-sessions',
  up: [
    ...refuseChange,
    `create table billing.chargeable_sessions (
      session_id uuid primary key,
      state jsonb not null,
      -- Over, but what its end costs is not known yet.
      awaits_rating boolean not null default false,
      ended_at timestamptz,
      -- Something changed that a CDR may have to follow; the version tells whether it changed again.
      due boolean not null default false,
      version bigint not null default 0,
      failures int not null default 0,
      retry_at timestamptz,
      last_error text,
      -- What the last change came from.
      message_id text not null,
      correlation_id text not null,
      tenant text not null,
      region text not null,
      changed_at timestamptz not null
    )`,
    `create index on billing.chargeable_sessions (changed_at) where due`,
    `create index on billing.chargeable_sessions (ended_at, session_id) where awaits_rating`,
    ...changeable('billing.chargeable_sessions'),
  ],
};
