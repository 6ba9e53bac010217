import { type Migration } from '@voltledger/platform';

/** Public keys of meters: those somebody vouched for, and those stations only sent along. */
export const meterKeys: Migration = {
  name: 'session/005-meter-keys',
  up: [
    `create table session.meter_keys (
      meter_id text not null,
      key_hash text not null,
      public_key text not null,
      curve text not null,
      status text not null check (status in ('trusted', 'offered', 'withdrawn')),
      note text,
      changed_by text not null,
      changed_at timestamptz not null
    )`,
    `create unique index on session.meter_keys (lower(meter_id), key_hash)`,
  ],
};
