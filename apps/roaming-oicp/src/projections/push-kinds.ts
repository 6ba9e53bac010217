import { type NewPush, derivedUuid } from '@voltledger/platform';

/** The broker itself takes EVSE data and statuses; what is about a session goes by its EMP. */
export const BROKER = 'HUBJECT';

export const EVSE_DATA = 'PushEvseData';
export const EVSE_STATUS = 'PushEvseStatus';
export const NOTIFICATION = 'ChargingNotification';
/** Progress is worth sending only while it is news. */
export const PROGRESS = 'ChargingNotificationProgress';
export const CHARGE_RECORD = 'ChargeDetailRecord';

/**
 * "The broker's picture differs": what is sent is found out when it is sent, so a burst of changes is
 * one push. One at a time, across processes (OICP-EVSE-02, OICP-STA-03).
 */
export const evseDataPush = (cause: string, correlationId: string): NewPush => ({
  id: derivedUuid('oicp', EVSE_DATA, cause),
  partner: BROKER,
  objectKey: 'evse-data',
  kind: EVSE_DATA,
  payload: {},
  supersedes: true,
  correlationId,
});

export const evseStatusPush = (cause: string, correlationId: string): NewPush => ({
  id: derivedUuid('oicp', EVSE_STATUS, cause),
  partner: BROKER,
  objectKey: 'evse-status',
  kind: EVSE_STATUS,
  payload: {},
  supersedes: true,
  correlationId,
});
