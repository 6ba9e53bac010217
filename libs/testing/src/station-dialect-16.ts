import { type Instant, type MilliWattHours, decimalText } from '@voltledger/kernel';
import {
  type PlugState,
  type SimulatedReading,
  type StationDialect,
  type TransactionMemory,
} from './station-dialect';

const STATES: Readonly<Record<PlugState, string>> = {
  free: 'Available',
  plugged: 'Preparing',
  charging: 'Charging',
  finishing: 'Finishing',
  faulted: 'Faulted',
  unavailable: 'Unavailable',
};
const MILLI = 3;

/** Whole watt-hours, as meterStart and meterStop want them. */
const wattHours = (register: MilliWattHours): number => Math.floor(register / 1_000);
const exact = (register: MilliWattHours): string => decimalText(register, MILLI);
/** A station that never learned its transaction id (errata 3.18). */
const UNKNOWN_ID = -1;
const idOf = ({ id }: TransactionMemory): number => (id === undefined ? UNKNOWN_ID : Number(id));

const meterValue = (
  { register, at, power, stateOfCharge }: SimulatedReading,
  context: string,
): object => ({
  timestamp: at,
  sampledValue: [
    { value: exact(register), context, measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
    ...(power === undefined
      ? []
      : [{ value: String(power), context, measurand: 'Power.Active.Import', unit: 'W' }]),
    ...(stateOfCharge === undefined
      ? []
      : [{ value: String(stateOfCharge), context, measurand: 'SoC', unit: 'Percent' }]),
  ],
});

const status = (connectorId: number, state: string, timestamp: Instant) => ({
  action: 'StatusNotification',
  payload: { connectorId, errorCode: 'NoError', status: state, timestamp },
});

export const dialect16: StationDialect = {
  subprotocol: 'ocpp1.6',
  boot: (identity) => ({
    action: 'BootNotification',
    payload: {
      chargePointVendor: 'Voltledger',
      chargePointModel: 'Simulated 1.6',
      chargePointSerialNumber: identity.slice(0, 25),
      firmwareVersion: '1.0.0',
    },
  }),
  authorize: ({ uid }) => ({ action: 'Authorize', payload: { idTag: uid } }),
  verdict: (answer) => (answer as { idTagInfo?: { status: string } }).idTagInfo?.status,
  status: (evse, state, at) => status(evse, STATES[state], at),
  begin: (memory) => ({ ...memory, seqNo: 0 }),
  started: ({ evse, token, startedWith }, timestamp) => ({
    action: 'StartTransaction',
    payload: {
      connectorId: evse,
      idTag: token?.uid ?? '',
      meterStart: wattHours(startedWith),
      timestamp,
    },
  }),
  learn: (memory, answer) => {
    memory.id = String((answer as { transactionId: number }).transactionId);
  },
  metered: (memory, reading) => ({
    action: 'MeterValues',
    payload: {
      connectorId: memory.evse,
      transactionId: idOf(memory),
      meterValue: [meterValue(reading, 'Sample.Periodic')],
    },
  }),
  stateChanged: ({ evse }, state, at) =>
    status(evse, state === 'EVConnected' ? 'Finishing' : state, at),
  ended: (memory, { register, at, reason, token }) => ({
    action: 'StopTransaction',
    payload: {
      transactionId: idOf(memory),
      meterStop: wattHours(register),
      timestamp: at,
      ...(reason !== undefined && { reason }),
      ...(token && { idTag: token.uid }),
      // meterStop has no fractions.
      ...(register % 1_000 !== 0 && {
        transactionData: [meterValue({ register, at }, 'Transaction.End')],
      }),
    },
  }),
  remoteStart: (action, { idTag, connectorId }) =>
    action === 'RemoteStartTransaction'
      ? { token: { uid: idTag as string }, evse: (connectorId as number | undefined) ?? 1 }
      : undefined,
  remoteStop: (action, { transactionId }) =>
    action === 'RemoteStopTransaction' ? String(transactionId) : undefined,
};
