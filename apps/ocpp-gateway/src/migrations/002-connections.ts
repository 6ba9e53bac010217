import { type Migration } from '@voltledger/platform';

export const connections: Migration = {
  name: 'ocpp-gateway/002-connections',
  up: [
    `create table ocpp_gateway.instances (
       instance text primary key,
       seen_at timestamptz not null
     )`,
    // One row per station that ever connected: its owner, or when it was lost.
    `create table ocpp_gateway.connections (
       station_id text primary key,
       connection_id uuid not null,
       instance text not null,
       subprotocol text not null,
       address text not null,
       connected_at timestamptz not null,
       seen_at timestamptz not null,
       disconnected_at timestamptz,
       -- Whether the world was told that it is there (it is told of the loss after a grace time).
       announced boolean not null
     )`,
    `create index on ocpp_gateway.connections (instance) where announced`,
  ],
};
