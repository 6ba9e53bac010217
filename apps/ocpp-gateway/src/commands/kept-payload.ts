import { type OcppVersion, type OutboundCall } from '@voltledger/ocpp';

/** A call as it is written down: without the password it may set (OCPP-J-SEC-11). */
export const keptPayload = (version: OcppVersion, call: OutboundCall): object =>
  setsPassword(version, call) ? { masked: 'sets the password of the station' } : call.payload;

/** A payload that breaks its schema holds whatever it holds: nobody reads a password in it. */
const setsPassword = ({ schemas, newPassword }: OcppVersion, call: OutboundCall): boolean =>
  schemas.actions.has(call.action) &&
  schemas.checkRequest(call.action, call.payload) === undefined &&
  newPassword(call) !== undefined;
