import { type Migration } from '@voltledger/platform';

const partners: readonly string[] = [
  `create table roaming_ocpi.partners (
     partner_id text primary key,
     revision integer not null,
     status text not null,
     credentials_id uuid,
     state jsonb not null
   )`,
  // Inbound tokens only as SHA-256; outbound ones sealed, see outbound/token-vault.ts.
  `create table roaming_ocpi.credentials (
     credentials_id uuid primary key,
     partner_id text not null,
     inbound_hash text not null,
     outbound_sealed text,
     created_at timestamptz not null
   )`,
  `create index on roaming_ocpi.credentials (inbound_hash)`,
];

const objects: readonly string[] = [
  `create table roaming_ocpi.partner_locations (
     location_key text primary key,
     country_code text not null,
     party_id text not null,
     listed boolean not null,
     state jsonb not null,
     through jsonb not null,
     rebuild jsonb,
     created_at timestamptz not null,
     updated_at timestamptz not null
   )`,
  `create index on roaming_ocpi.partner_locations (created_at, location_key)`,
  `create table roaming_ocpi.partner_tariffs (
     tariff_key text primary key,
     country_code text not null,
     party_id text not null,
     withdrawn boolean not null,
     state jsonb not null,
     through jsonb not null,
     rebuild jsonb,
     created_at timestamptz not null,
     updated_at timestamptz not null
   )`,
  `create index on roaming_ocpi.partner_tariffs (created_at, tariff_key)`,
  `create table roaming_ocpi.partner_sessions (
     session_id uuid primary key,
     partner_id text,
     shown boolean not null,
     country_code text,
     party_id text,
     state jsonb not null,
     through jsonb not null,
     rebuild jsonb,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     announced_at timestamptz
   )`,
  `create index on roaming_ocpi.partner_sessions (partner_id, created_at, session_id) where shown`,
  `create table roaming_ocpi.partner_cdrs (
     cdr_key text primary key,
     partner_id text not null,
     country_code text not null,
     party_id text not null,
     state jsonb not null,
     issued_at timestamptz not null
   )`,
  `create index on roaming_ocpi.partner_cdrs (partner_id, issued_at, cdr_key)`,
  `create table roaming_ocpi.cdr_deliveries (
     cdr_key text primary key,
     outcome text not null,
     reference text,
     code text,
     detail text,
     at timestamptz not null
   )`,
];

const conversations: readonly string[] = [
  `create table roaming_ocpi.tokens (
     partner_id text not null,
     country_code text not null,
     party_id text not null,
     uid_key text not null,
     type text not null,
     document jsonb not null,
     updated_at timestamptz not null,
     primary key (partner_id, country_code, party_id, uid_key, type)
   )`,
  `create table roaming_ocpi.commands (
     command_id uuid primary key,
     partner_id text not null,
     response_url text not null,
     until timestamptz not null,
     outcome text,
     correlation_id text not null
   )`,
  `create index on roaming_ocpi.commands (until) where outcome is null`,
  `create table roaming_ocpi.authorizations (
     request_id uuid primary key,
     partner_id text not null,
     request jsonb not null,
     correlation_id text not null,
     until timestamptz not null,
     taken_until timestamptz
   )`,
  `create table roaming_ocpi.catch_ups (
     partner_id text primary key,
     cause_id text not null,
     correlation_id text not null,
     locations_through text not null default '',
     tariffs_through text not null default '',
     sessions_told boolean not null default false
   )`,
];

export const tables: Migration = {
  name: 'roaming-ocpi/001-tables',
  up: [...partners, ...objects, ...conversations],
};
