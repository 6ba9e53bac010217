import { type Migration } from '@voltledger/platform';
import { appendOnly } from './append-only';

/**
 * The chain of all CDRs. A link is written before the CDR's event, with the CDR in it, so that a
 * crash in between leaves neither a hole nor a fork: whoever comes next finishes what is here.
 */
export const cdrChain: Migration = {
  name: 'billing/002-cdr-chain',
  up: [
    `create table billing.cdr_chain (
      sequence bigint primary key check (sequence > 0),
      cdr_id varchar(36) not null,
      session_id uuid not null,
      cdr jsonb not null,
      -- What the event says besides the CDR: basis, reason, by.
      intent jsonb not null,
      content_hash char(64) not null,
      previous_hash char(64) not null unique,
      hash char(64) not null unique,
      issued_at timestamptz not null
    )`,
    `comment on column billing.cdr_chain.previous_hash is 'unique: a chain has no fork'`,
    `create unique index on billing.cdr_chain (lower(cdr_id))`,
    `create index on billing.cdr_chain (session_id, sequence)`,
    ...appendOnly('billing.cdr_chain'),
  ],
};
