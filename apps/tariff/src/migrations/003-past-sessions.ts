import { type Migration } from '@voltledger/platform';

export const pastSessions: Migration = {
  name: 'tariff/003-past-sessions',
  up: [
    `alter table tariff.session_prices
      add column started_at timestamptz,
      -- Of a session that is over: all its marks, one small row instead of one per reading.
      add column timeline jsonb,
      -- What it is charged now: costs, and the end they are for.
      add column rated jsonb`,
    `update tariff.session_prices set started_at = (opening->>'startedAt')::timestamptz`,
    `alter table tariff.session_prices alter column started_at set not null`,
    `create index on tariff.session_prices (started_at, session_id) where ended is not null`,
  ],
};
