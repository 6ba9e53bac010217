import {
  type AuthorizeRequest,
  type AuthorizeResponse,
  type BootNotificationRequest,
  type BootNotificationResponse,
  type DataTransferRequest,
  type DataTransferResponse,
  type HeartbeatResponse,
} from 'typed-ocpp/dist/ocpp20/types.js';
import { type Registration, type VendorDataAnswer } from '../reports';
import { exchange } from '../shared/exchange';
import { present } from '../shared/present';
import { idTokenInfo, tokenOf } from './tokens';

const REGISTRATIONS: Readonly<Record<Registration, BootNotificationResponse['status']>> = {
  accepted: 'Accepted',
  pending: 'Pending',
  rejected: 'Rejected',
};

export const bootNotification = exchange(
  'boot',
  ({ chargingStation, reason }: BootNotificationRequest) => ({
    vendor: chargingStation.vendorName,
    model: chargingStation.model,
    reason,
    ...present({
      serialNumber: chargingStation.serialNumber,
      firmwareVersion: chargingStation.firmwareVersion,
      iccid: chargingStation.modem?.iccid,
      imsi: chargingStation.modem?.imsi,
    }),
  }),
  ({ registration, now, intervalSeconds }): BootNotificationResponse => ({
    status: REGISTRATIONS[registration],
    currentTime: now,
    interval: intervalSeconds,
  }),
);

export const heartbeat = exchange(
  'heartbeat',
  () => ({}),
  ({ now }): HeartbeatResponse => ({ currentTime: now }),
);

export const authorize = exchange(
  'authorize',
  ({ idToken }: AuthorizeRequest) => tokenOf(idToken),
  ({ verdict }): AuthorizeResponse => ({ idTokenInfo: idTokenInfo(verdict) }),
);

const VENDOR_STATUSES: Readonly<
  Record<VendorDataAnswer['status'], DataTransferResponse['status']>
> = { 'unknown vendor': 'UnknownVendorId', 'unknown message': 'UnknownMessageId' };

export const dataTransfer = exchange(
  'vendorData',
  ({ vendorId, messageId }: DataTransferRequest) => ({ vendorId, ...present({ messageId }) }),
  ({ status }): DataTransferResponse => ({ status: VENDOR_STATUSES[status] }),
);
