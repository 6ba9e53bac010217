import { type OcpiVersion } from '../shared/ocpi-version';
import { locationReferencesOut, readVerdict } from './authorization-info';
import { cdrOut } from './cdr';
import { cdr } from './cdr-schema';
import {
  commandAnswerOut,
  commandOutcomeOut,
  commandResponse,
  commandResult,
  readRemoteStart,
  readRemoteStop,
} from './commands';
import { credentials, credentialsOut, readCredentials } from './credentials';
import { connectorOut, evseOut, evseStatusOut, locationOut } from './location';
import { evse, evsePatch, location } from './location-schema';
import { session, sessionOut, sessionPatch, sessionPatchOut } from './session';
import { tariff, tariffOut } from './tariff';
import { readToken, token } from './token';
import { VERSION, detailsOut, readDetails } from './version-details';

/** OCPI 2.2.1, as CPO. */
export const v221: OcpiVersion = {
  version: VERSION,
  tokenCoding: 'base64',
  routed: true,
  schemas: {
    location,
    evse,
    evsePatch,
    tariff,
    session,
    sessionPatch,
    cdr,
    token,
    credentials,
    commandResponse,
    commandResult,
  },
  writeCredentials: credentialsOut,
  readCredentials,
  writeDetails: detailsOut,
  readDetails,
  location: locationOut,
  evse: evseOut,
  connector: connectorOut,
  evseStatus: evseStatusOut,
  tariff: tariffOut,
  session: sessionOut,
  sessionPatch: sessionPatchOut,
  cdr: cdrOut,
  readToken,
  readRemoteStart,
  readRemoteStop,
  commandAnswer: commandAnswerOut,
  commandOutcome: commandOutcomeOut,
  locationReferences: locationReferencesOut,
  readVerdict,
};
