import { DomainError } from '@voltledger/kernel';

export const stationUnknown = (stationId: string) =>
  new DomainError('STATION_UNKNOWN', 'There is no such station.', { stationId });

export const credentialsWrong = () =>
  new DomainError('CREDENTIALS_WRONG', 'The credentials are not those of the station.');

export const encryptionRequired = (securityProfile: number) =>
  new DomainError('ENCRYPTION_REQUIRED', 'The station must connect over TLS.', { securityProfile });

export const subprotocolUnsupported = (spoken: readonly string[]) =>
  new DomainError('SUBPROTOCOL_UNSUPPORTED', 'The station offers no OCPP version we speak.', {
    spoken,
  });

export const stationElsewhere = (region: string) =>
  new DomainError('STATION_ELSEWHERE', 'The station is at home in another region.', { region });

export const authenticationOff = () =>
  new DomainError(
    'AUTHENTICATION_REQUIRED',
    'Security profile 0 is off: set OCPP_ALLOW_UNAUTHENTICATED=true to allow stations without password.',
  );

export const passwordMissing = (stationId: string) =>
  new DomainError('PASSWORD_MISSING', 'A new station needs a password.', { stationId });

export const stationEvseTaken = (stationId: string, stationEvse: number, evseUid: string) =>
  new DomainError('STATION_EVSE_TAKEN', 'Another EVSE stands for that number of the station.', {
    stationId,
    stationEvse,
    evseUid,
  });

export const evseElsewhere = (evseUid: string, locationId: string) =>
  new DomainError('EVSE_ELSEWHERE', 'The EVSE belongs to another location.', {
    evseUid,
    locationId,
  });

export const locationUnknown = (locationId: string) =>
  new DomainError('LOCATION_UNKNOWN', 'There is no such location.', { locationId });

export const stationOffline = (stationId: string) =>
  new DomainError('STATION_OFFLINE', 'The station is not connected.', { stationId });

export const stationLost = () =>
  new DomainError('STATION_OFFLINE', 'The connection broke before the call was sent.');

export const stationNotAccepted = (registration: string) =>
  new DomainError('STATION_NOT_ACCEPTED', 'The station is not accepted; this may not be sent.', {
    registration,
  });

export const actionUnknown = (action: string, version: string) =>
  new DomainError('ACTION_UNKNOWN', `OCPP ${version} has no such action.`, { action, version });

export const payloadInvalid = (facts: Readonly<Record<string, unknown>>) =>
  new DomainError('PAYLOAD_INVALID', 'The payload breaks the schema of the action.', facts);

export const callTimedOut = () =>
  new DomainError('CALL_TIMED_OUT', 'The station did not answer in time.');

export const callOutcomeUnknown = () =>
  new DomainError(
    'CALL_OUTCOME_UNKNOWN',
    'The connection broke before the station answered; it may or may not have acted.',
  );

export const callQueueFull = () =>
  new DomainError('CALL_QUEUE_FULL', 'Too many calls wait for this station.');

export const callRefused = (facts: Readonly<Record<string, unknown>>) =>
  new DomainError('CALL_REFUSED', 'The station answered with an error.', facts);

export const answerInvalid = (facts: Readonly<Record<string, unknown>>) =>
  new DomainError('ANSWER_INVALID', 'The answer of the station breaks its schema.', facts);
