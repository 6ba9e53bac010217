import {
  type ChangeConfigurationRequest,
  type RemoteStartTransactionRequest,
  type RemoteStopTransactionRequest,
} from 'typed-ocpp/dist/ocpp16/types.js';
import { statusOf } from '../shared/outcome';
import { type OutboundCall, type StartCharging, type StopCharging } from '../version';

export const remoteControl = new Set(['RemoteStartTransaction', 'RemoteStopTransaction']);

/** `AuthorizationKey` is the Basic password; it is set like any other key. */
export function newPassword({ action, payload }: OutboundCall): string | undefined {
  if (action !== 'ChangeConfiguration') return undefined;
  const { key, value } = payload as ChangeConfigurationRequest;
  return key.toLowerCase() === 'authorizationkey' ? value : undefined;
}

const TAKEN = new Set(['Accepted', 'RebootRequired']);

export const tookPassword = (answer: unknown): boolean => TAKEN.has(statusOf(answer) ?? '');

export function startCharging({ token, stationEvse }: StartCharging): OutboundCall {
  const payload: RemoteStartTransactionRequest = {
    idTag: token.uid,
    ...(stationEvse !== undefined && { connectorId: stationEvse }),
  };
  return { action: 'RemoteStartTransaction', payload };
}

export function stopCharging({ transactionId }: StopCharging): OutboundCall | undefined {
  const number = /^\d+$/.test(transactionId) ? Number(transactionId) : 0;
  if (number < 1 || !Number.isSafeInteger(number)) return undefined;
  const payload: RemoteStopTransactionRequest = { transactionId: number };
  return { action: 'RemoteStopTransaction', payload };
}
