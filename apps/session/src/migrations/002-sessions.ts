import { type Migration } from '@voltledger/platform';

/** The read model behind the operator API; rebuilt from the events at any time. */
export const sessions: Migration = {
  name: 'session/002-sessions',
  up: [
    `create table session.sessions (
      session_id uuid primary key,
      revision bigint not null,
      status text not null,
      station_id text,
      transaction_id text,
      location_id text,
      evse_uid text,
      evse_id text,
      token_uid text,
      contract_id text,
      payer_kind text,
      partner_id text,
      refusal text,
      started_at timestamptz,
      ended_at timestamptz,
      end_reason text,
      charging_state text,
      energy_mwh bigint not null default 0,
      tariff_id text,
      currency text,
      cost_micros bigint,
      cost_after_taxes_micros bigint,
      cost_energy_mwh bigint,
      doubts text[] not null default '{}',
      changed_at timestamptz not null
    )`,
    `create index on session.sessions (started_at desc, session_id desc)`,
    `create index on session.sessions (station_id, started_at desc)`,
    `create index on session.sessions (lower(token_uid))`,
    `create index on session.sessions (started_at) where status = 'active'`,
  ],
};
