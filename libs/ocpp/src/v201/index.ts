import { type AnyInbound, type OcppVersion } from '../version';
import {
  askTransactionStatus,
  invitedBy,
  newPassword,
  remoteControl,
  startCharging,
  stopCharging,
  tookPassword,
  transactionStatus,
} from './commands';
import { dialect } from './dialect';
import { notice, notifyEvent, notifyReport } from './notices';
import { schemas } from './schemas';
import { authorize, bootNotification, dataTransfer, heartbeat } from './station';
import { statusNotification } from './status';
import { meterValues, transactionEvent } from './transactions';

const IDENTITY_MAX = 48;

/** OCPP 2.0.1, edition 3. */
export const v201: OcppVersion = {
  subprotocol: 'ocpp2.0.1',
  version: '2.0.1',
  securityProfiles: [1, 2, 3],
  // A colon would make Basic credentials ambiguous (OCPP-J-SEC-03).
  allowsIdentity: (identity) => identity.length <= IDENTITY_MAX && !identity.includes(':'),
  dialect,
  schemas,
  // Signed messages are known and not served (part 4, 7.3; OCPP-2.0.1-RPC-01).
  knows: (action) => schemas.actions.has(action.replace(/-Signed$/, '')),
  inbound: new Map<string, AnyInbound>([
    ['Authorize', authorize],
    ['BootNotification', bootNotification],
    ['DataTransfer', dataTransfer],
    ['FirmwareStatusNotification', notice],
    ['Heartbeat', heartbeat],
    ['LogStatusNotification', notice],
    ['MeterValues', meterValues],
    ['NotifyEvent', notifyEvent],
    ['NotifyReport', notifyReport],
    ['SecurityEventNotification', notice],
    ['StatusNotification', statusNotification],
    ['TransactionEvent', transactionEvent],
  ]),
  openBeforeAcceptance: (action) => action === 'BootNotification',
  invitedBy,
  remoteControl,
  newPassword,
  tookPassword,
  startCharging,
  stopCharging,
  askTransactionStatus,
  transactionStatus,
};
