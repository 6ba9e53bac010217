import { type Migration } from '../service';

/** Tables of the HTTP edge, in the platform's schema. */
export const edgeMigrations: readonly Migration[] = [
  {
    name: 'platform/101-api-keys',
    up: [
      'create schema if not exists platform',
      `create table platform.api_keys (
         id text primary key,
         secret_hash bytea not null check (length(secret_hash) = 32),
         name text not null,
         roles text[] not null check (cardinality(roles) > 0),
         created_at timestamptz not null,
         revoked_at timestamptz
       )`,
    ],
  },
  {
    name: 'platform/102-idempotency-keys',
    up: [
      `create table platform.idempotency_keys (
         caller text not null,
         key text not null,
         request_hash text not null,
         status int,
         answer jsonb,
         secret boolean not null default false,
         in_work_until timestamptz not null,
         expires_at timestamptz not null,
         primary key (caller, key)
       )`,
      'create index idempotency_keys_expiry on platform.idempotency_keys (expires_at)',
    ],
  },
];
