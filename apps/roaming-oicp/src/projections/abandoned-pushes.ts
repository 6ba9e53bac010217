import { type Instant, noEnergy } from '@voltledger/kernel';
import { type NotifiedSession, type OicpVersion, type OperatorProfile } from '@voltledger/oicp';
import { type NewPush } from '@voltledger/platform';
import { notificationPush } from './notification-pushes';
import { type OicpPayer } from './roaming-session';

/** A session that Hubject opened and that never came to be at a station. */
export interface Abandoned {
  readonly payer: OicpPayer;
  readonly evseId: string;
  readonly timeZone: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Why; absent: the driver just did not plug in. */
  readonly detail?: string;
}

/**
 * An End tells the EMP that nothing more will come, so that it frees its customer; there is no CDR,
 * since nothing was sold (OICP-NTF-10, OICP-RMT-05).
 */
export function abandonedPushes(
  { payer, evseId, timeZone, from, to, detail }: Abandoned,
  { oicp, operator }: { readonly oicp: OicpVersion; readonly operator: OperatorProfile },
  reason: { readonly cause: string; readonly correlationId: string },
): NewPush[] {
  const session: NotifiedSession = {
    operatorId: operator.operatorId,
    oicpSessionId: payer.oicpSessionId,
    cpoPartnerSessionId: payer.cpoPartnerSessionId,
    empPartnerSessionId: payer.empPartnerSessionId,
    driver: payer.identification,
    evseId,
    timeZone,
    startedAt: from,
  };
  const ended = { chargingEnd: to, sessionEnd: to, delivered: noEnergy };
  const bodies = [
    ...(detail === undefined ? [] : [oicp.errorNotificationOf(session, 'ConnectorError', detail)]),
    oicp.endNotificationOf(session, ended),
  ];
  return bodies.map((body) => notificationPush({ payer }, body, reason));
}
