import { randomUUID } from 'node:crypto';
import { type Instant, type MilliWattHours, kilowattHoursText } from '@voltledger/kernel';
import {
  type PlugState,
  type SimulatedReading,
  type SimulatedToken,
  type StationCall,
  type StationDialect,
  type TransactionMemory,
} from './station-dialect';

const STATES: Readonly<Record<PlugState, string>> = {
  free: 'Available',
  plugged: 'Occupied',
  charging: 'Occupied',
  finishing: 'Occupied',
  faulted: 'Faulted',
  unavailable: 'Unavailable',
};

const idToken = ({ uid, type = 'ISO14443' }: SimulatedToken) => ({ idToken: uid, type });

/** kWh: the nearest double prints the digits of the register back. */
const register = (value: MilliWattHours, context: string) => ({
  value: Number(kilowattHoursText(value)),
  context,
  measurand: 'Energy.Active.Import.Register',
  unitOfMeasure: { unit: 'kWh' },
});

const meterValue = (reading: SimulatedReading, context: string): object => ({
  timestamp: reading.at,
  sampledValue: [
    register(reading.register, context),
    ...(reading.power === undefined
      ? []
      : [{ value: reading.power, context, measurand: 'Power.Active.Import' }]),
    ...(reading.stateOfCharge === undefined
      ? []
      : [{ value: reading.stateOfCharge, context, measurand: 'SoC' }]),
  ],
});

interface Event {
  readonly eventType: 'Started' | 'Updated' | 'Ended';
  readonly triggerReason: string;
  readonly at: Instant;
  readonly offline: boolean;
  readonly info?: object;
  readonly more?: object;
}

function transactionEvent(memory: TransactionMemory, event: Event): StationCall {
  const { eventType, triggerReason, at, offline, info, more } = event;
  const seqNo = memory.seqNo;
  memory.seqNo += 1;
  const transactionInfo = { transactionId: memory.id, ...info };
  return {
    action: 'TransactionEvent',
    payload: { eventType, triggerReason, timestamp: at, seqNo, offline, transactionInfo, ...more },
  };
}

export const dialect201: StationDialect = {
  subprotocol: 'ocpp2.0.1',
  boot: (identity, reason) => ({
    action: 'BootNotification',
    payload: {
      reason,
      chargingStation: {
        vendorName: 'Voltledger',
        model: 'Simulated 2.0.1',
        serialNumber: identity.slice(0, 25),
        firmwareVersion: '1.0.0',
      },
    },
  }),
  authorize: (token) => ({ action: 'Authorize', payload: { idToken: idToken(token) } }),
  verdict: (answer) => (answer as { idTokenInfo?: { status: string } }).idTokenInfo?.status,
  status: (evseId, state, timestamp) => ({
    action: 'StatusNotification',
    payload: { evseId, connectorId: 1, connectorStatus: STATES[state], timestamp },
  }),
  begin: (memory) => ({ ...memory, id: randomUUID(), seqNo: 0 }),
  started: (memory, at, offline) =>
    transactionEvent(memory, {
      eventType: 'Started',
      triggerReason: memory.remoteStartId === undefined ? 'Authorized' : 'RemoteStart',
      at,
      offline,
      info: {
        chargingState: 'Charging',
        ...(memory.remoteStartId !== undefined && { remoteStartId: memory.remoteStartId }),
      },
      more: {
        evse: { id: memory.evse, connectorId: 1 },
        ...(memory.token && { idToken: idToken(memory.token) }),
        meterValue: [meterValue({ register: memory.startedWith, at }, 'Transaction.Begin')],
      },
    }),
  learn: () => undefined,
  metered: (memory, reading, offline) =>
    transactionEvent(memory, {
      eventType: 'Updated',
      triggerReason: 'MeterValuePeriodic',
      at: reading.at,
      offline,
      more: { meterValue: [meterValue(reading, 'Sample.Periodic')] },
    }),
  stateChanged: (memory, chargingState, at, offline) =>
    transactionEvent(memory, {
      eventType: 'Updated',
      triggerReason: 'ChargingStateChanged',
      at,
      offline,
      info: { chargingState },
    }),
  ended: (memory, { register: end, at, reason = 'Local', token }, offline) =>
    transactionEvent(memory, {
      eventType: 'Ended',
      triggerReason: reason === 'Remote' ? 'RemoteStop' : 'StopAuthorized',
      at,
      offline,
      info: { stoppedReason: reason },
      more: {
        ...(token && { idToken: idToken(token) }),
        meterValue: [meterValue({ register: end, at }, 'Transaction.End')],
      },
    }),
  remoteStart: (action, payload) => {
    if (action !== 'RequestStartTransaction') return undefined;
    const { idToken: told, evseId, remoteStartId } = payload;
    const { idToken: uid, type } = told as { idToken: string; type: string };
    return {
      token: { uid, type },
      evse: (evseId as number | undefined) ?? 1,
      remoteStartId: remoteStartId as number,
    };
  },
  remoteStop: (action, { transactionId }) =>
    action === 'RequestStopTransaction' ? (transactionId as string) : undefined,
};
