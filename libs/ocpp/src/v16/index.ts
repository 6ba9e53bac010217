import { type AnyInbound, type OcppVersion } from '../version';
import { newPassword, remoteControl, startCharging, stopCharging, tookPassword } from './commands';
import { dialect } from './dialect';
import { schemas } from './schemas';
import { authorize, bootNotification, dataTransfer, heartbeat, notice } from './station';
import { statusNotification } from './status';
import { meterValues, startTransaction, stopTransaction } from './transactions';

const IDENTITY_MAX = 255;

/** OCPP-J 1.6, edition 2, with the security whitepaper. */
export const v16: OcppVersion = {
  subprotocol: 'ocpp1.6',
  version: '1.6',
  securityProfiles: [0, 1, 2, 3],
  allowsIdentity: (identity) => identity.length <= IDENTITY_MAX,
  dialect,
  schemas,
  knows: (action) => schemas.actions.has(action),
  inbound: new Map<string, AnyInbound>([
    ['Authorize', authorize],
    ['BootNotification', bootNotification],
    ['DataTransfer', dataTransfer],
    ['DiagnosticsStatusNotification', notice],
    ['FirmwareStatusNotification', notice],
    ['Heartbeat', heartbeat],
    ['LogStatusNotification', notice],
    ['MeterValues', meterValues],
    ['SecurityEventNotification', notice],
    ['SignedFirmwareStatusNotification', notice],
    ['StartTransaction', startTransaction],
    ['StatusNotification', statusNotification],
    ['StopTransaction', stopTransaction],
  ]),
  // 1.6 knows no SecurityError before acceptance, and an old transaction is money (OCPP-1.6-BOOT-01).
  openBeforeAcceptance: () => true,
  invitedBy: () => [],
  remoteControl,
  newPassword,
  tookPassword,
  startCharging,
  stopCharging,
  // Its stations do not number their reports: nothing tells that one is missing.
  askTransactionStatus: () => undefined,
  transactionStatus: () => undefined,
};
