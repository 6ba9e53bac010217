import { AuthorizationRequests } from './authorization-requests';
import { CatchUps } from './catch-ups';
import { PartnerCdrs } from './partner-cdrs';
import { PartnerCommands } from './partner-commands';
import { PartnerLocations } from './partner-locations';
import { PartnerProjector } from './partner-projector';
import { PartnerSessions } from './partner-sessions';
import { PartnerTariffs } from './partner-tariffs';
import { Partners } from './partners';
import { ReceivedTokens } from './received-tokens';

export { SessionAnnouncements } from './session-announcement';

export const providers = [
  ...[Partners, PartnerProjector, CatchUps],
  ...[PartnerLocations, PartnerTariffs, PartnerSessions, PartnerCdrs],
  ...[ReceivedTokens, PartnerCommands, AuthorizationRequests],
];
