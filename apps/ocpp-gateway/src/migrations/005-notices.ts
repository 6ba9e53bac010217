import { type Migration } from '@voltledger/platform';

export const notices: Migration = {
  name: 'ocpp-gateway/005-notices',
  up: [
    // Boots, security events, firmware and log status, orphans: kept for people to look at.
    `create table ocpp_gateway.notices (
       notice_id bigint generated always as identity primary key,
       station_id text not null,
       action text not null,
       payload json not null,
       reported_at timestamptz,
       arrived_at timestamptz not null
     )`,
    `create index on ocpp_gateway.notices (station_id, notice_id desc)`,
    `create table ocpp_gateway.variables (
       station_id text not null,
       component text not null,
       variable text not null,
       told json not null,
       updated_at timestamptz not null,
       primary key (station_id, component, variable)
     )`,
    `create table ocpp_gateway.telemetry (
       station_id text not null,
       -- 0: the main meter.
       evse integer not null,
       payload json not null,
       arrived_at timestamptz not null,
       primary key (station_id, evse)
     )`,
  ],
};
