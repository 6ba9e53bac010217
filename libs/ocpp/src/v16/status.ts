import { type ChargingState, type EvseStatus } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import { type StatusNotificationRequest } from 'typed-ocpp/dist/ocpp16/types.js';
import { exchange, nothingToSay } from '../shared/exchange';
import { present } from '../shared/present';
import { countingNumber } from '../shared/whole-number';

type Reported = StatusNotificationRequest['status'];

/** Preparing to Finishing is one stay of one car: the public status does not flap (OCPP-J-STAT-03). */
const STATUSES: Readonly<Record<Reported, EvseStatus>> = {
  Available: 'AVAILABLE',
  Preparing: 'CHARGING',
  Charging: 'CHARGING',
  SuspendedEVSE: 'CHARGING',
  SuspendedEV: 'CHARGING',
  Finishing: 'CHARGING',
  Reserved: 'RESERVED',
  Unavailable: 'INOPERATIVE',
  Faulted: 'OUTOFORDER',
};

/** 1.6 has no other word for the state of a transaction. */
const CHARGING_STATES: Partial<Record<Reported, ChargingState>> = {
  Charging: 'Charging',
  SuspendedEVSE: 'SuspendedEVSE',
  SuspendedEV: 'SuspendedEV',
};

export const statusNotification = exchange(
  'status',
  ({
    connectorId,
    status,
    timestamp,
    errorCode,
    info,
    vendorId,
    vendorErrorCode,
  }: StatusNotificationRequest) => {
    const evse = countingNumber(connectorId) ?? 0;
    const chargingState = CHARGING_STATES[status];
    return {
      evse,
      connector: evse === 0 ? 0 : 1,
      status: STATUSES[status],
      reported: status,
      ...(timestamp !== undefined && { at: instant(timestamp) }),
      ...(chargingState && { chargingState }),
      detail: present({ errorCode, info, vendorId, vendorErrorCode }),
    };
  },
  nothingToSay,
);
