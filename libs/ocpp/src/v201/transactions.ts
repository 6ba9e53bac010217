import { instant, later } from '@voltledger/kernel';
import {
  type MeterValuesRequest,
  type TransactionEventEnumType,
  type TransactionEventRequest,
  type TransactionEventResponse,
} from 'typed-ocpp/dist/ocpp20/types.js';
import { type MeterReport, type TransactionReport } from '../reports';
import { RpcFault } from '../rpc/error-codes';
import { exchange, nothingToSay } from '../shared/exchange';
import { present } from '../shared/present';
import { countingNumber, wholeNumber } from '../shared/whole-number';
import { samplesOf } from './samples';
import { idTokenInfo, tokenOf } from './tokens';

const PHASES: Readonly<Record<TransactionEventEnumType, TransactionReport['phase']>> = {
  Started: 'started',
  Updated: 'updated',
  Ended: 'ended',
};

/** 0 is tolerated and says nothing (quirk). */
const positive = (id: number | undefined): number | undefined => countingNumber(id) || undefined;

function reported(request: TransactionEventRequest): TransactionReport {
  const { transactionInfo: info, evse, offline = false } = request;
  if (info.transactionId === '')
    throw new RpcFault('property', 'the transaction id is empty', {
      path: '/transactionInfo/transactionId',
      rule: 'minLength',
    });
  return {
    ...tokenOf(request.idToken),
    phase: PHASES[request.eventType],
    numberedBy: 'station',
    transactionId: info.transactionId,
    reportedAt: instant(request.timestamp),
    offline,
    samples: samplesOf(request.meterValue),
    ...(info.chargingState && { chargingState: info.chargingState }),
    ...(request.eventType === 'Ended' && { reason: info.stoppedReason ?? 'Local' }),
    ...present({
      seqNo: countingNumber(request.seqNo),
      evse: positive(evse?.id),
      connector: positive(evse?.connectorId),
      remoteStartId: wholeNumber(info.remoteStartId),
      reservationId: wholeNumber(request.reservationId),
    }),
  };
}

function metered({ evseId, meterValue }: MeterValuesRequest): MeterReport {
  const [first, ...rest] = meterValue.map(({ timestamp }) => instant(timestamp));
  return {
    evse: positive(evseId) ?? 0,
    numberedBy: 'station',
    samples: samplesOf(meterValue),
    ...(first && { reportedAt: rest.reduce(later, first) }),
  };
}

/** The answer carries idTokenInfo only if the event carried a token (OCPP-2.0.1-TX-03). */
export const transactionEvent = exchange(
  'transaction',
  reported,
  ({ verdict }): TransactionEventResponse => (verdict ? { idTokenInfo: idTokenInfo(verdict) } : {}),
);

export const meterValues = exchange('meterValues', metered, nothingToSay);
