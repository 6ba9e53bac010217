import { AuthorizationsWorker } from './authorizations.worker';
import { CatchUpWorker } from './catch-up.worker';
import { CdrAnswers } from './cdr-answers';
import { CommandTimeoutsWorker } from './command-timeouts.worker';
import { DeliverCdrs } from './deliver-cdrs';
import { DeliverCommandResults } from './deliver-command-results';
import { DeliverLocations } from './deliver-locations';
import { DeliverSessions } from './deliver-sessions';
import { DeliverTariffs } from './deliver-tariffs';
import { Handshake } from './handshake';
import { IssuerAuthorizations } from './issuer-authorizations';
import { PartnerClient } from './partner-client';
import { PartnerConversations } from './partner-conversation';
import { PartnerCredentials } from './partner-credentials';
import { PartnerDeliveries } from './partner-deliveries';
import { PartnerPushesWorker } from './partner-pushes.worker';
import { PartnerRecord } from './partner-record';
import { PartnerRelay } from './partner-relay';
import { PushAnswers } from './push-answers';
import { RemoteCommands } from './remote-commands';
import { RoamingNews } from './roaming-news';
import { SessionNews } from './session-news';
import { TokenIntake } from './token-intake';
import { TokenVault } from './token-vault';

export const providers = [
  ...[PartnerClient, PartnerConversations, PartnerCredentials, TokenVault, Handshake],
  ...[PartnerRecord, PartnerRelay, RoamingNews, SessionNews, RemoteCommands, TokenIntake],
  ...[DeliverLocations, DeliverTariffs, DeliverSessions, DeliverCdrs, DeliverCommandResults],
  ...[PartnerDeliveries, CdrAnswers, PushAnswers, IssuerAuthorizations],
  ...[PartnerPushesWorker, AuthorizationsWorker, CatchUpWorker, CommandTimeoutsWorker],
];
