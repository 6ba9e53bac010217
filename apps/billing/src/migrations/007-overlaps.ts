import { type Migration } from '@voltledger/platform';

/** What it takes to find sessions of one token at the same time. */
export const overlaps: Migration = {
  name: 'billing/007-overlaps',
  up: [
    `alter table billing.chargeable_sessions
       -- Of the token, in lower case, and its issuer.
       add token_hash char(64),
       add started_at timestamptz`,
    `create index on billing.chargeable_sessions (token_hash, ended_at)`,
  ],
};
