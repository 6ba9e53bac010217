import { type MilliWattHours, instant, later, parseEnergy } from '@voltledger/kernel';
import {
  type MeterValuesRequest,
  type StartTransactionRequest,
  type StartTransactionResponse,
  type StopTransactionRequest,
  type StopTransactionResponse,
} from 'typed-ocpp/dist/ocpp16/types.js';
import { type MeterReport, type SampleSet, type TransactionReport } from '../reports';
import { exchange, nothingToSay } from '../shared/exchange';
import { wholeNumber } from '../shared/whole-number';
import { samplesOf } from './samples';
import { idTagInfo, tokenOf } from './tokens';

/**
 * Numbers below 1 are none: the answer to the start never arrived, and some stations count down
 * from -1 (errata 3.18).
 */
const numbered = (id: number | undefined): { transactionId?: string } =>
  id !== undefined && Number.isSafeInteger(id) && id > 0 ? { transactionId: `${id}` } : {};

/** meterStart and meterStop are whole watt-hours. */
const wattHours = (value: number): MilliWattHours | undefined => parseEnergy(`${value}`, 'Wh');

function started(request: StartTransactionRequest): TransactionReport {
  const { connectorId, idTag, timestamp } = request;
  const reportedAt = instant(timestamp);
  const meterStart = wattHours(request.meterStart);
  const reservationId = wholeNumber(request.reservationId);
  return {
    ...tokenOf(idTag),
    phase: 'started',
    numberedBy: 'us',
    reportedAt,
    ...(connectorId > 0 && Number.isSafeInteger(connectorId) && { evse: connectorId }),
    ...(reservationId !== undefined && { reservationId }),
    ...(meterStart !== undefined && { meterStart }),
    samples:
      meterStart === undefined
        ? []
        : [{ measuredAt: reportedAt, context: 'begin', register: meterStart }],
  };
}

function ended(request: StopTransactionRequest): TransactionReport {
  const { transactionId, idTag, timestamp, transactionData = [], reason = 'Local' } = request;
  const reportedAt = instant(timestamp);
  const meterStop = wattHours(request.meterStop);
  const end: SampleSet = {
    measuredAt: reportedAt,
    context: 'end',
    ...(meterStop !== undefined && { register: meterStop }),
  };
  return {
    ...tokenOf(idTag),
    ...numbered(transactionId),
    phase: 'ended',
    numberedBy: 'us',
    reportedAt,
    reason,
    ...(meterStop !== undefined && { meterStop }),
    samples: withEnd(samplesOf(transactionData), end),
  };
}

/**
 * meterStop first: a Transaction.End sample says it better (OCPP-J-MV-03). One that carries only a
 * signed record gets meterStop for its register.
 */
const withEnd = (sets: readonly SampleSet[], end: SampleSet): SampleSet[] => [
  end,
  ...sets.map((set) => (set.context === 'end' ? { ...register(end), ...set } : set)),
];

const register = ({ register: value }: SampleSet): Pick<SampleSet, 'register'> =>
  value === undefined ? {} : { register: value };

function metered(request: MeterValuesRequest): MeterReport {
  const [first, ...rest] = request.meterValue.map(({ timestamp }) => instant(timestamp));
  return {
    ...numbered(request.transactionId),
    evse: Math.max(0, wholeNumber(request.connectorId) ?? 0),
    numberedBy: 'us',
    ...(first && { reportedAt: rest.reduce(later, first) }),
    samples: samplesOf(request.meterValue),
  };
}

export const startTransaction = exchange(
  'transaction',
  started,
  ({ verdict, transactionId }): StartTransactionResponse => {
    if (!verdict || transactionId === undefined)
      throw new Error('the answer to StartTransaction needs a verdict and a transaction id');
    return { idTagInfo: idTagInfo(verdict), transactionId: Number(transactionId) };
  },
);

export const stopTransaction = exchange(
  'transaction',
  ended,
  ({ verdict }): StopTransactionResponse => (verdict ? { idTagInfo: idTagInfo(verdict) } : {}),
);

export const meterValues = exchange('meterValues', metered, nothingToSay);
