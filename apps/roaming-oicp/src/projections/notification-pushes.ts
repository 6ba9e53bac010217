import {
  type ChargingNotification,
  type NotifiedSession,
  type OicpVersion,
  type OperatorProfile,
} from '@voltledger/oicp';
import { type NewPush, derivedUuid } from '@voltledger/platform';
import { sessionIdKey } from '@voltledger/oicp';
import { type DueNotification } from './due-notifications';
import { NOTIFICATION, PROGRESS } from './push-kinds';
import { type RoamingSession } from './roaming-session';

interface Protocol {
  readonly oicp: OicpVersion;
  readonly operator: Pick<OperatorProfile, 'operatorId'>;
}

interface Reason {
  /** What it follows from: the same notification of the same fact is the same push. */
  readonly cause: string;
  readonly correlationId: string;
}

/** What the payload of a notification's push holds. */
export interface NotificationPayload {
  readonly sessionId?: string | undefined;
  readonly body: ChargingNotification;
}

/** @throws Error when the session has no place: nothing is due then. */
export function notifiedSession(
  { payer, place, startedAt, chargingStart, meterStart }: RoamingSession,
  { oicp, operator }: Protocol,
): NotifiedSession {
  if (!place) throw new Error('a session without a place has nothing to notify of');
  return {
    operatorId: operator.operatorId,
    oicpSessionId: payer.oicpSessionId,
    cpoPartnerSessionId: payer.cpoPartnerSessionId,
    empPartnerSessionId: payer.empPartnerSessionId,
    driver: payer.identification,
    evseId: place.evse.evseId,
    timeZone: place.place.timeZone,
    startedAt,
    chargingStart,
    meterStart,
    productId: place.connector && oicp.productOf(place.connector.powerType),
  };
}

/** In order: of one session they leave one after the other, and before its CDR (OICP-NTF-01). */
export const notificationPushes = (
  session: RoamingSession,
  due: readonly DueNotification[],
  protocol: Protocol,
  reason: Reason,
): NewPush[] =>
  due.map((each) =>
    notificationPush(session, bodyOf(session, each, protocol), reason, session.sessionId),
  );

export function notificationPush(
  { payer }: Pick<RoamingSession, 'payer'>,
  body: ChargingNotification,
  { cause, correlationId }: Reason,
  sessionId?: string,
): NewPush {
  const isProgress = body.Type === 'Progress';
  return {
    id: derivedUuid('oicp', 'notification', body.Type, payer.oicpSessionId, cause),
    partner: payer.providerId,
    objectKey: sessionIdKey(payer.oicpSessionId),
    kind: isProgress ? PROGRESS : NOTIFICATION,
    payload: { sessionId, body } satisfies NotificationPayload,
    supersedes: isProgress,
    correlationId,
  };
}

function bodyOf(
  session: RoamingSession,
  due: DueNotification,
  protocol: Protocol,
): ChargingNotification {
  const { oicp } = protocol;
  const notified = notifiedSession(session, protocol);
  const chargingStart = session.chargingStart ?? session.startedAt;
  switch (due.kind) {
    case 'start':
      return oicp.startNotificationOf({ ...notified, chargingStart });
    case 'progress':
      return oicp.progressNotificationOf({ ...notified, chargingStart }, due);
    case 'end':
      return oicp.endNotificationOf(notified, {
        chargingEnd: session.energyAt ?? session.endedAt ?? session.startedAt,
        sessionEnd: session.endedAt,
        meterEnd: session.register,
        delivered: session.delivered,
      });
  }
}
