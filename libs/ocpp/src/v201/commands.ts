import {
  type GetTransactionStatusRequest,
  type GetTransactionStatusResponse,
  type RequestStartTransactionRequest,
  type RequestStopTransactionRequest,
  type SetVariableDataType,
  type SetVariablesRequest,
  type SetVariablesResponse,
  type TriggerMessageRequest,
} from 'typed-ocpp/dist/ocpp20/types.js';
import {
  type AskTransactionStatus,
  type OutboundCall,
  type StartCharging,
  type StopCharging,
  type TransactionStatus,
} from '../version';
import { idTokenOf } from './tokens';

export function startCharging({ token, stationEvse, remoteStartId }: StartCharging): OutboundCall {
  const payload: RequestStartTransactionRequest = {
    remoteStartId,
    idToken: idTokenOf(token),
    ...(stationEvse !== undefined && { evseId: stationEvse }),
  };
  return { action: 'RequestStartTransaction', payload };
}

export function stopCharging({ transactionId }: StopCharging): OutboundCall {
  const payload: RequestStopTransactionRequest = { transactionId };
  return { action: 'RequestStopTransaction', payload };
}

/** OCPP 2.0.1 part 2, E14. */
export function askTransactionStatus({ transactionId }: AskTransactionStatus): OutboundCall {
  const payload: GetTransactionStatusRequest = { transactionId };
  return { action: 'GetTransactionStatus', payload };
}

export function transactionStatus(answer: unknown): TransactionStatus {
  const { ongoingIndicator, messagesInQueue } = answer as GetTransactionStatusResponse;
  return {
    messagesWaiting: messagesInQueue,
    ...(ongoingIndicator !== undefined && { ongoing: ongoingIndicator }),
  };
}

export const remoteControl = new Set(['RequestStartTransaction', 'RequestStopTransaction']);

const isPassword = ({ component, variable }: Pick<SetVariableDataType, 'component' | 'variable'>) =>
  component.name.toLowerCase() === 'securityctrlr' &&
  variable.name.toLowerCase() === 'basicauthpassword';

export function newPassword({ action, payload }: OutboundCall): string | undefined {
  if (action !== 'SetVariables') return undefined;
  return (payload as SetVariablesRequest).setVariableData.find(isPassword)?.attributeValue;
}

const TAKEN = new Set<string>(['Accepted', 'RebootRequired']);

export const tookPassword = (answer: unknown): boolean =>
  (answer as SetVariablesResponse).setVariableResult.some(
    (result) => isPassword(result) && TAKEN.has(result.attributeStatus),
  );

/** Triggers that are not named after the message they bring. */
const TRIGGERED: ReadonlyMap<string, string> = new Map([
  ['SignChargingStationCertificate', 'SignCertificate'],
  ['SignV2GCertificate', 'SignCertificate'],
  ['SignCombinedCertificate', 'SignCertificate'],
]);

/** OCPP 2.0.1 part 2, B02.FR.09: what a Pending station may send because we asked. */
export function invitedBy({ action, payload }: OutboundCall): string[] {
  switch (action) {
    case 'GetBaseReport':
    case 'GetReport':
      return ['NotifyReport'];
    case 'TriggerMessage': {
      const { requestedMessage } = payload as TriggerMessageRequest;
      return [TRIGGERED.get(requestedMessage) ?? requestedMessage];
    }
    default:
      return [];
  }
}
