import { type Migration } from '@voltledger/platform';

export const stationHomes: Migration = {
  name: 'ocpp-gateway/006-station-homes',
  up: [
    // Only of stations that were ever moved: the others are at home where they are registered.
    `create table ocpp_gateway.station_homes (
       station_id text primary key,
       region text not null,
       epoch integer not null check (epoch > 1),
       moved_by text not null,
       note text,
       moved_at timestamptz not null
     )`,
  ],
};
