import { type Migration } from '@voltledger/platform';

export const tariffs: Migration = {
  name: 'tariff/002-tariffs',
  up: [
    `create table tariff.tariffs (
      -- The id in lower case: ids are compared without regard to case.
      tariff_key text primary key,
      version int not null,
      withdrawn_at timestamptz
    )`,
    `create table tariff.tariff_versions (
      tariff_key text not null,
      version int not null,
      tariff jsonb not null,
      published_at timestamptz not null,
      primary key (tariff_key, version)
    )`,
  ],
};
