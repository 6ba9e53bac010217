import { Module } from '@nestjs/common';
import {
  DATABASE,
  type Database,
  PushQueue,
  type ServiceDefinition,
  pushesController,
  rebuildsController,
} from '@voltledger/platform';
import { AddPartnerHandler } from './commands/add-partner';
import { AgreeCredentialsHandler } from './commands/agree-credentials';
import { ChangePartnerHandler } from './commands/change-partner';
import { InvitePartnerHandler } from './commands/invite-partner';
import { LeavePartnerHandler } from './commands/leave-partner';
import { PartnerDecisions } from './commands/partner-decisions';
import { ReceiveTokenHandler } from './commands/receive-token';
import { RequestStartHandler } from './commands/request-start';
import { RequestStopHandler } from './commands/request-stop';
import { StartRegistrationHandler } from './commands/start-registration';
import { CONFIG, type Config, readConfig, settings } from './config';
import * as inbound from './inbound';
import { HTTP_STATUSES } from './inbound/http-statuses';
import { migrations } from './migrations';
import * as outbound from './outbound';
import { OwnPlatform } from './own-platform';
import * as projections from './projections';
import { PROJECTIONS } from './projections/rebuildable';

const SCHEMA = 'roaming_ocpi';

@Module({
  controllers: [
    ...inbound.controllers,
    pushesController({ path: 'ocpi/pushes', schema: SCHEMA }),
    rebuildsController({ path: 'ocpi/projections', projections: PROJECTIONS }),
  ],
  providers: [
    OwnPlatform,
    {
      provide: PushQueue,
      useFactory: (database: Database) => new PushQueue(database, SCHEMA),
      inject: [DATABASE],
    },
    {
      provide: projections.SessionAnnouncements,
      useFactory: ({ OCPI_SESSION_PUSH_SECONDS }: Config) =>
        new projections.SessionAnnouncements(OCPI_SESSION_PUSH_SECONDS * 1_000),
      inject: [CONFIG],
    },
    ...[AddPartnerHandler, InvitePartnerHandler, ChangePartnerHandler, LeavePartnerHandler],
    ...[AgreeCredentialsHandler, StartRegistrationHandler, PartnerDecisions],
    ...[ReceiveTokenHandler, RequestStartHandler, RequestStopHandler],
    ...projections.providers,
    ...outbound.providers,
    ...inbound.providers,
  ],
})
export class RoamingOcpiModule {}

/** OCPI partners: their credentials, and both directions of every module. */
export const roamingOcpiService: ServiceDefinition = {
  name: 'roaming-ocpi',
  migrations,
  httpStatuses: HTTP_STATUSES,
  settings,
  personalTables: { deleted: ['roaming_ocpi.tokens'] },
  rawBodyPrefixes: ['/ocpi/'],
  module: (environment) => ({
    module: RoamingOcpiModule,
    providers: [{ provide: CONFIG, useValue: readConfig(environment) }],
  }),
};
