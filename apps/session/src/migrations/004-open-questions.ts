import { type Migration } from '@voltledger/platform';

export const openQuestions: Migration = {
  name: 'session/004-open-questions',
  up: [
    `alter table session.open_sessions
      -- Its station was asked for the missing reports; ask again then.
      add column ask_again_at timestamptz,
      -- The station has them and will send them.
      add column reports_expected_until timestamptz,
      -- Its token was refused and nobody vouches for it: the station is asked to stop it then.
      add column stop_at timestamptz,
      add column stop_tries smallint not null default 0`,
    `create index on session.open_sessions (stop_at) where stop_at is not null`,
    // What is forgotten in time is found by its age.
    `create index on session.authorization_requests (asked_at)`,
    `create index on session.pending_starts (asked_at)`,
    `create index on session.pending_stops (asked_at)`,
  ],
};
