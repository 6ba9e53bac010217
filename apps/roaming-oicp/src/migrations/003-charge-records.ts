import { type Migration } from '@voltledger/platform';

/** CDRs and Hubject: one per session of Hubject's, whatever we issue. */
export const chargeRecords: Migration = {
  name: 'roaming-oicp/003-charge-records',
  up: [
    `create table roaming_oicp.charge_records (
      cdr_id text primary key,
      session_id uuid not null,
      oicp_session_key text not null,
      provider_id text not null,
      state text not null check (state in ('queued', 'delivered', 'refused')),
      -- As it is sent, every time; null: it never was to be sent.
      record jsonb,
      code text,
      detail text,
      -- Before the first attempt, so that a lost answer is known to be one.
      first_sent_at timestamptz,
      answered_at timestamptz,
      issued_at timestamptz not null
    )`,
    `create unique index one_cdr_per_oicp_session on roaming_oicp.charge_records (oicp_session_key)
      where state in ('queued', 'delivered')`,
    `create index on roaming_oicp.charge_records (session_id)`,
    `create index on roaming_oicp.charge_records (state, issued_at)`,
  ],
};
