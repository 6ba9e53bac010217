import { type Migration } from '@voltledger/platform';

/** Stations that were given another home region, ever. */
export const stationHomes: Migration = {
  name: 'session/003-station-homes',
  up: [
    `create table session.station_homes (
      station_id text primary key,
      region text not null,
      epoch integer not null,
      moved_at timestamptz not null
    )`,
  ],
};
