import { type EvseStatus } from '@voltledger/contracts';
import { instant } from '@voltledger/kernel';
import {
  type ConnectorStatusEnumType,
  type EventDataType,
  type StatusNotificationRequest,
} from 'typed-ocpp/dist/ocpp20/types.js';
import { type StatusReport } from '../reports';
import { exchange, nothingToSay } from '../shared/exchange';
import { countingNumber } from '../shared/whole-number';

const STATUSES: Readonly<Record<ConnectorStatusEnumType, EvseStatus>> = {
  Available: 'AVAILABLE',
  Occupied: 'CHARGING',
  Reserved: 'RESERVED',
  Unavailable: 'INOPERATIVE',
  Faulted: 'OUTOFORDER',
};

export const statusNotification = exchange(
  'status',
  ({ evseId, connectorId, connectorStatus, timestamp }: StatusNotificationRequest) => ({
    evse: countingNumber(evseId) ?? 0,
    connector: countingNumber(connectorId) ?? 0,
    status: STATUSES[connectorStatus],
    reported: connectorStatus,
    at: instant(timestamp),
    detail: {},
  }),
  nothingToSay,
);

const PLACES = new Set(['ChargingStation', 'EVSE', 'Connector']);
const isStatus = (value: string): value is ConnectorStatusEnumType =>
  Object.hasOwn(STATUSES, value);

/** A monitored AvailabilityState says the same as a StatusNotification (OCPP-2.1-STAT-01). */
export function statusOfEvent(event: EventDataType): StatusReport[] {
  const { component, variable, actualValue, timestamp } = event;
  if (variable.name !== 'AvailabilityState' || !PLACES.has(component.name)) return [];
  if (!isStatus(actualValue)) return [];
  return [
    {
      evse: countingNumber(component.evse?.id) ?? 0,
      connector: countingNumber(component.evse?.connectorId) ?? 0,
      status: STATUSES[actualValue],
      reported: actualValue,
      at: instant(timestamp),
      detail: {},
    },
  ];
}
