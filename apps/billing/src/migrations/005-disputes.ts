import { type Migration } from '@voltledger/platform';
import { changeable } from './append-only';

/** Disputes about CDRs, and releases that need a second person. */
export const disputes: Migration = {
  name: 'billing/005-disputes',
  up: [
    `create table billing.disputes (
      dispute_id uuid primary key,
      session_id uuid not null,
      cdr_id varchar(36) not null,
      claimant text not null,
      claim text not null,
      amount jsonb,
      opened_by text not null,
      opened_at timestamptz not null,
      outcome text,
      note text,
      resolved_by text,
      resolved_at timestamptz
    )`,
    `create index on billing.disputes (opened_at, dispute_id)`,
    `create index on billing.disputes (lower(cdr_id))`,
    ...changeable('billing.disputes'),
    `alter table billing.cdr_holds add requested jsonb, add approved_by text`,
  ],
};
