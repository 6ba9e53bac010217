import { type Migration } from '../service';

/**
 * One key per person (or session, or erasure under way), wrapped by `SUBJECT_SECRET_KEY`. The id is
 * random: once `lookup` is gone nothing leads from a token to what its key had sealed.
 */
export const subjectMigrations: readonly Migration[] = [
  {
    name: 'subjects/001-keys',
    up: [
      `create table subjects.keys (
         subject_id uuid primary key default gen_random_uuid(),
         -- HMAC of the subject's name; null: nobody finds it by name any more.
         lookup bytea unique check (length(lookup) = 32),
         -- Null: destroyed.
         wrapped bytea,
         created_at timestamptz not null default clock_timestamp(),
         erased_at timestamptz,
         check ((wrapped is null) = (erased_at is not null))
       )`,
    ],
  },
];
