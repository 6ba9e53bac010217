import { type Migration } from '@voltledger/platform';

/** How far a pass over past sessions is: it goes on behind the last one it has taken. */
const PASS = `
  after_start timestamptz,
  after_session uuid,
  done int not null default 0,
  worked_at timestamptz not null,
  created_at timestamptz not null`;

export const repricing: Migration = {
  name: 'tariff/004-repricing',
  up: [
    `create table tariff.simulations (
      simulation_id uuid primary key,
      state text not null,
      asked jsonb not null,
      finished_at timestamptz,
      total int not null,
      ${PASS}
    )`,
    `create index on tariff.simulations (worked_at) where state = 'running'`,
    // Folded from the stream rerating-<id>, with how far its pass is.
    `create table tariff.reratings (
      rerating_id uuid primary key,
      revision bigint not null,
      state text not null,
      rerating jsonb not null,
      ${PASS}
    )`,
    `create index on tariff.reratings (worked_at) where state in ('computing', 'approved', 'published')`,
    // What a simulation or a re-rating makes of each session.
    `create table tariff.session_differences (
      work_id uuid not null,
      session_id uuid not null,
      outcome text not null,
      through_revision bigint not null,
      started_at timestamptz not null,
      max_power int,
      was_before_taxes bigint,
      was_after_taxes bigint,
      becomes_before_taxes bigint,
      becomes_after_taxes bigint,
      -- What it changes: the larger of both differences, for the order of lists.
      weight bigint not null,
      -- Of a re-rating: due, published, reissued, refused or skipped.
      progress text,
      answer jsonb,
      primary key (work_id, session_id)
    )`,
    `create index on tariff.session_differences (work_id, weight desc, session_id)`,
    `create index on tariff.session_differences (work_id, session_id) where progress = 'due'`,
    `create index on tariff.session_differences (work_id) where progress = 'published'`,
  ],
};
