import { type Migration } from '@voltledger/platform';
import { appendOnly, changeable } from './append-only';

/** What operators and finance look CDRs up by. */
export const cdrs: Migration = {
  name: 'billing/003-cdrs',
  up: [
    `create table billing.cdrs (
      cdr_id varchar(36) primary key,
      session_id uuid not null,
      event_id text not null,
      sequence bigint not null unique,
      kind text not null check (kind in ('charge', 'credit')),
      credits varchar(36),
      replaces varchar(36),
      partner text not null,
      -- The partner takes one CDR per session: this one is settled between the two parties.
      bilateral boolean not null,
      country_code char(2) not null,
      party_id char(3) not null,
      ended_at timestamptz not null,
      issued_at timestamptz not null,
      currency char(3) not null,
      before_taxes_micros bigint not null,
      after_taxes_micros bigint not null,
      cdr jsonb not null,
      seal jsonb not null,
      reason text,
      taken_back_by text,
      correlation_id text not null
    )`,
    `create unique index on billing.cdrs (lower(cdr_id))`,
    `create index on billing.cdrs (session_id, sequence)`,
    `create index on billing.cdrs (partner, ended_at)`,
    `create index on billing.cdrs (ended_at)`,
    `create unique index on billing.cdrs (credits) where credits is not null`,
    ...appendOnly('billing.cdrs'),
    `create table billing.cdr_holds (
      session_id uuid primary key,
      reasons jsonb not null,
      held_at timestamptz not null,
      released_at timestamptz,
      released_by text,
      note text,
      revision bigint not null
    )`,
    `create index on billing.cdr_holds (held_at, session_id) where released_at is null`,
    ...changeable('billing.cdr_holds'),
    `create table billing.cdr_deliveries (
      cdr_id varchar(36) not null,
      protocol text not null,
      partner_id text not null,
      outcome text not null check (outcome in ('delivered', 'rejected')),
      reference text,
      code text,
      detail text,
      attempts int,
      at timestamptz not null,
      primary key (cdr_id, protocol, partner_id)
    )`,
    ...changeable('billing.cdr_deliveries'),
  ],
};
