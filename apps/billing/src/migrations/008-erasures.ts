import { type Migration } from '@voltledger/platform';
import { changeable } from './append-only';

/** Persons to be erased, what stands in the way, and which services have done it. */
export const erasures: Migration = {
  name: 'billing/008-erasures',
  up: [
    `create table billing.erasures (
      erasure_id uuid primary key,
      state text not null check (state in ('waiting', 'erased', 'swept', 'completed')),
      -- What to look for, sealed with a key that is destroyed at the end.
      personal text not null,
      session_ids uuid[] not null default '{}',
      reasons jsonb not null default '[]',
      asked_by text not null,
      asked_at timestamptz not null,
      erased_at timestamptz,
      completed_at timestamptz,
      correlation_id text not null,
      tenant text not null,
      region text not null
    )`,
    `create index on billing.erasures (asked_at, erasure_id)`,
    `create index on billing.erasures (asked_at) where state <> 'completed'`,
    ...changeable('billing.erasures'),
    `create table billing.erasing_services (
      erasure_id uuid not null,
      pass int not null,
      service text not null,
      rows int not null,
      primary key (erasure_id, pass, service)
    )`,
    ...changeable('billing.erasing_services'),
    `create index chargeable_sessions_of_token on billing.chargeable_sessions
       (lower(state #>> '{authorization,token,uid}'))`,
  ],
};
