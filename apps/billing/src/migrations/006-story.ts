import { type Migration } from '@voltledger/platform';
import { changeable } from './append-only';

/** What everybody tells about a session, in one timeline. A view of the topics; old lines go. */
export const story: Migration = {
  name: 'billing/006-story',
  up: [
    `create table billing.story_entries (
      session_id uuid not null,
      message_id text collate "C" not null,
      -- As it arrived: tells apart what was recorded in the same millisecond.
      seq bigint generated always as identity,
      -- Where in the chain from the station to the books: orders what was recorded at once.
      rank smallint not null,
      type text not null,
      recorded_at timestamptz not null,
      occurred_at timestamptz not null,
      correlation_id text not null,
      text text not null,
      details jsonb not null,
      facts jsonb not null,
      primary key (session_id, message_id)
    )`,
    `create index on billing.story_entries (recorded_at)`,
    ...changeable('billing.story_entries'),
  ],
};
