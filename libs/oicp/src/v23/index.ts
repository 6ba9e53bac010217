import { acknowledgementIn, authorizationIn, isWorthRepeating } from './answers';
import { authorizeStartOf, authorizeStopOf, productOf, refusalOf } from './authorization';
import { chargeDetailRecordOf } from './charge-detail-record';
import {
  endNotificationOf,
  errorNotificationOf,
  progressNotificationOf,
  startNotificationOf,
} from './charging-notification';
import { evseDataPushOf, mappedEvse } from './evse-data';
import { evseStatusOf, evseStatusPushOf } from './evse-status';
import { presentedToken } from './identification';
import { withoutPersonalIds } from './masking';
import { CALLED, SERVED, pathOf, servedAt } from './operations';
import { acknowledgementOf, isSupported, remoteStartIn, remoteStopIn } from './remote';
import { meaningOf } from './status-codes';

/** OICP 2.3, the operator's side. */
export const v23 = {
  version: '2.3',
  called: CALLED,
  served: SERVED,
  pathOf,
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
