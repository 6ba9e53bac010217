import { type OutgoingMessage, type Region, type TenantId, instant } from '@voltledger/kernel';

const RECORDED_AT = instant('2026-03-05T11:00:00Z');
const TOPIC = 'thing.events.v1';

/** Some message, for tests of whatever carries messages. */
export const thing = (key: string, number: number): OutgoingMessage => ({
  id: `${key}/${number}`,
  topic: TOPIC,
  key,
  type: 'ThingHappened',
  schemaVersion: 1,
  data: { number },
  causationId: `cause of ${key}/${number}`,
  correlationId: key,
  tenant: 'tenant' as TenantId,
  region: 'region' as Region,
  recordedAt: RECORDED_AT,
});
