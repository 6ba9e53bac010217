import { acknowledgementIn, authorizationIn, isWorthRepeating } from './answers';
import {
  authorizeStart,
  authorizeStartOf,
  authorizeStop,
  authorizeStopOf,
  productOf,
  refusalOf,
} from './authorization';
import { chargeDetailRecordOf } from './charge-detail-record';
import { chargeDetailRecord } from './charge-detail-record.schema';
import {
  endNotificationOf,
  errorNotificationOf,
  progressNotificationOf,
  startNotificationOf,
} from './charging-notification';
import { chargingNotification } from './charging-notification.schema';
import { evseDataPushOf, mappedEvse } from './evse-data';
import { evseDataPush } from './evse-data.schema';
import { evseStatusOf, evseStatusPush, evseStatusPushOf } from './evse-status';
import { presentedToken } from './identification';
import { withoutPersonalIds } from './masking';
import { CALLED, SERVED, calledAt, pathOf, servedAt } from './operations';
import { acknowledgementOf, isSupported, remoteStartIn, remoteStopIn } from './remote';
import { meaningOf } from './status-codes';

/** OICP 2.3, the operator's side. */
export const v23 = {
  version: '2.3',
  called: CALLED,
  served: SERVED,
  /** What the bodies of the called operations look like, for whoever plays the broker. */
  bodies: {
    authorizeStart,
    authorizeStop,
    pushEvseData: evseDataPush,
    pushEvseStatus: evseStatusPush,
    notify: chargingNotification,
    sendChargeDetailRecord: chargeDetailRecord,
  },
  pathOf,
  calledAt,
  servedAt,
  isSupported,
  meaningOf,
  mappedEvse,
  evseDataPushOf,
  evseStatusOf,
  evseStatusPushOf,
  presentedToken,
  authorizeStartOf,
  authorizeStopOf,
  productOf,
  refusalOf,
  startNotificationOf,
  progressNotificationOf,
  endNotificationOf,
  errorNotificationOf,
  chargeDetailRecordOf,
  acknowledgementIn,
  authorizationIn,
  isWorthRepeating,
  remoteStartIn,
  remoteStopIn,
  acknowledgementOf,
  withoutPersonalIds,
} as const;

export type {
  Answer,
  FieldProblem,
  GrantedAuthorization,
  HttpAnswer,
  Refused,
  SessionReferences,
} from './answers';
export type { AuthorizeStart } from './authorization';
export type { ChargeDetailRecord } from './charge-detail-record.schema';
export type { ChargingEnded, NotifiedSession } from './charging-notification';
export type { ChargingNotification } from './charging-notification.schema';
export type { MappedEvse } from './evse-data';
export type { ActionType, EvseDataPush, EvseDataRecord } from './evse-data.schema';
export type { EvseStatus, EvseStatusPush, EvseStatusRecord } from './evse-status';
export type { DriverIdentification } from './identification';
export type { CalledOperation, Operation, ServedOperation } from './operations';
export type { OperatorProfile } from './operator-profile';
export type { Acknowledgement, Echo, RemoteStart, RemoteStop, UnreadableRequest } from './remote';
export type { RemoteOutcome } from './status-codes';
