import {
  type RemoteStartTransactionRequest,
  type RemoteStopTransactionRequest,
} from 'typed-ocpp/dist/ocpp16/types.js';
import { type OutboundCall, type StartCharging, type StopCharging } from '../version';

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
