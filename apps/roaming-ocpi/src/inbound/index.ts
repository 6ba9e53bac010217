import { CdrsEndpoint } from './cdrs.endpoint';
import { CommandsEndpoint } from './commands.endpoint';
import { Configuration } from './configuration';
import { ConversationsConsumer } from './conversations.consumer';
import { LocationsEndpoint } from './locations.endpoint';
import { ENDPOINTS, type OcpiEndpoint } from './ocpi-endpoint';
import { OcpiServer } from './ocpi-server';
import { OcpiSurroundings } from './ocpi-surroundings';
import { OcpiController } from './ocpi.controller';
import { PartnerCdrsConsumer } from './partner-cdrs.consumer';
import { PartnerEventsConsumer } from './partner-events.consumer';
import { PartnerLocationsConsumer } from './partner-locations.consumer';
import { PartnerSessionsConsumer } from './partner-sessions.consumer';
import { PartnerTariffsConsumer } from './partner-tariffs.consumer';
import { PartnersController } from './partners.controller';
import { Peers } from './peers';
import { SessionsEndpoint } from './sessions.endpoint';
import { TariffsEndpoint } from './tariffs.endpoint';
import { TokensEndpoint } from './tokens.endpoint';
import { Writing } from './writing';

export const controllers = [OcpiController, PartnersController];

/** Every module that we offer to partners. A new one is a new line. */
const endpoints = [
  LocationsEndpoint,
  TariffsEndpoint,
  SessionsEndpoint,
  CdrsEndpoint,
  TokensEndpoint,
  CommandsEndpoint,
];

export const providers = [
  ...[OcpiServer, OcpiSurroundings, Configuration, Peers, Writing],
  ...endpoints,
  { provide: ENDPOINTS, useFactory: (...all: OcpiEndpoint[]) => all, inject: endpoints },
  ...[PartnerLocationsConsumer, PartnerTariffsConsumer, PartnerSessionsConsumer],
  ...[PartnerCdrsConsumer, ConversationsConsumer, PartnerEventsConsumer],
];
