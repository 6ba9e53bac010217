import { type Migration } from '@voltledger/platform';

/** What a row needs to be built anew beside the one in use (docs/decisions/011). */
export const rebuilds: Migration = {
  name: 'roaming-oicp/005-rebuilds',
  up: [
    `alter table roaming_oicp.locations rename column location to state`,
    ...['locations', 'sessions'].map(
      (table) => `alter table roaming_oicp.${table}
        add column through jsonb not null default '{}', add column rebuild jsonb`,
    ),
  ],
};
