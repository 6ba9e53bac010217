import { instant } from '@voltledger/kernel';
import {
  type AuthorizeRequest,
  type AuthorizeResponse,
  type BootNotificationRequest,
  type BootNotificationResponse,
  type DataTransferRequest,
  type DataTransferResponse,
  type HeartbeatResponse,
} from 'typed-ocpp/dist/ocpp16/types.js';
import { type Registration, type VendorDataAnswer } from '../reports';
import { exchange, nothingToSay } from '../shared/exchange';
import { present } from '../shared/present';
import { idTagInfo, tokenOf } from './tokens';

const REGISTRATIONS: Readonly<Record<Registration, BootNotificationResponse['status']>> = {
  accepted: 'Accepted',
  pending: 'Pending',
  rejected: 'Rejected',
};

export const bootNotification = exchange(
  'boot',
  (request: BootNotificationRequest) => ({
    vendor: request.chargePointVendor,
    model: request.chargePointModel,
    ...present({
      serialNumber: request.chargePointSerialNumber ?? request.chargeBoxSerialNumber,
      firmwareVersion: request.firmwareVersion,
      iccid: request.iccid,
      imsi: request.imsi,
      meterType: request.meterType,
      meterSerialNumber: request.meterSerialNumber,
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
  ({ idTag }: AuthorizeRequest) => tokenOf(idTag),
  ({ verdict }): AuthorizeResponse => ({ idTagInfo: idTagInfo(verdict) }),
);

const VENDOR_STATUSES: Readonly<
  Record<VendorDataAnswer['status'], DataTransferResponse['status']>
> = { 'unknown vendor': 'UnknownVendorId', 'unknown message': 'UnknownMessageId' };

export const dataTransfer = exchange(
  'vendorData',
  ({ vendorId, messageId }: DataTransferRequest) => ({ vendorId, ...present({ messageId }) }),
  ({ status }): DataTransferResponse => ({ status: VENDOR_STATUSES[status] }),
);

/** Firmware, diagnostics, log and security messages: kept, and answered with nothing. */
export const notice = exchange(
  'notice',
  ({ timestamp }: { timestamp?: string }) => ({
    statuses: [],
    variables: [],
    ...(timestamp !== undefined && { reportedAt: instant(timestamp) }),
  }),
  nothingToSay,
);
