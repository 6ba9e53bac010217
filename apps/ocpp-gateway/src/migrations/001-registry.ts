import { type Migration } from '@voltledger/platform';

export const registry: Migration = {
  name: 'ocpp-gateway/001-registry',
  up: [
    `create table ocpp_gateway.locations (
       location_id text primary key,
       -- The location as published, without its EVSEs.
       detail jsonb not null,
       updated_at timestamptz not null
     )`,
    `create table ocpp_gateway.evses (
       evse_uid text primary key,
       location_id text not null references ocpp_gateway.locations,
       station_id text not null,
       -- What the station calls it: connectorId in OCPP 1.6, evse.id in 2.x.
       station_evse integer not null,
       detail jsonb not null,
       -- PLANNED or REMOVED: the operator's word, above the station's.
       fixed_status text,
       status text not null,
       updated_at timestamptz not null
     )`,
    `create index on ocpp_gateway.evses (location_id)`,
    `create unique index evses_of_station on ocpp_gateway.evses (station_id, station_evse)
       where fixed_status is distinct from 'REMOVED'`,
    `create table ocpp_gateway.stations (
       station_id text primary key,
       password_hash text,
       security_profile smallint not null,
       -- Subprotocols the station may speak; null: all of ours.
       subprotocols text[],
       -- For a station that offers none.
       default_subprotocol text,
       -- What a boot is answered.
       registration text not null,
       -- What the last boot was answered; null: never booted.
       booted_as text,
       boot jsonb,
       booted_at timestamptz,
       anonymous_allowed boolean not null,
       log_frames boolean not null,
       -- Raised by every change that connected gateways must learn of.
       revision bigint not null default 1,
       created_at timestamptz not null,
       updated_at timestamptz not null
     )`,
    `create table ocpp_gateway.connector_statuses (
       station_id text not null,
       evse integer not null,
       connector integer not null,
       status text not null,
       reported text not null,
       detail jsonb not null,
       -- By the station's clock, but never later than it arrived.
       at timestamptz not null,
       arrived_at timestamptz not null,
       primary key (station_id, evse, connector)
     )`,
  ],
};
