import { OWN_VECTORS, PUBLISHED_VECTORS, type OicpVector, oicpVectors } from '@voltledger/testing';
import { type z } from 'zod';
import { authorizeStart, authorizeStop } from './authorization';
import { chargeDetailRecord } from './charge-detail-record.schema';
import {
  endNotification,
  errorNotification,
  progressNotification,
  startNotification,
} from './charging-notification.schema';
import { evseDataPush } from './evse-data.schema';
import { evseStatusPush } from './evse-status';
import { inOneSpelling, jsonPointer } from './reading';
import { acknowledgement } from './remote';

const WRITTEN: Readonly<Record<string, z.ZodType>> = {
  eRoamingPushEvseData: evseDataPush,
  eRoamingPushEvseStatus: evseStatusPush,
  eRoamingAuthorizeStart: authorizeStart,
  eRoamingAuthorizeStop: authorizeStop,
  eRoamingChargingNotificationStart: startNotification,
  eRoamingChargingNotificationProgress: progressNotification,
  eRoamingChargingNotificationEnd: endNotification,
  eRoamingChargingNotificationError: errorNotification,
  eRoamingChargeDetailRecord: chargeDetailRecord,
  eRoamingAcknowledgement: acknowledgement,
};

/** Legal as published, and still never written by us. */
const OWN_RULES = [/OICP-TRN-14/, /deltaType|lastUpdate/, /^Unrecognized keys?: .*"SessionID"/];

function violationsOf(schema: z.ZodType, body: unknown): string[] {
  const parsed = schema.safeParse(inOneSpelling(body));
  if (parsed.success) return [];
  return parsed.error.issues
    .filter(({ message }) => !OWN_RULES.some((rule) => rule.test(message)))
    .map(({ path }) => jsonPointer(path));
}

const withSchema = (vectors: readonly OicpVector[]) =>
  vectors.flatMap((vector) => {
    const schema = vector.object === null ? undefined : WRITTEN[vector.object];
    return schema ? [{ ...vector, schema }] : [];
  });

describe('the published and our own vectors', () => {
  it.each(withSchema(oicpVectors(OWN_VECTORS)))(
    'OICP-HBS-13 $id ($object) breaks exactly the rules it is said to break',
    ({ schema, body, violations = [] }) => {
      const expected = violations.map(({ pointer }) => pointer);
      expect(violationsOf(schema, body).sort()).toEqual(expected.sort());
    },
  );

  const published = withSchema(oicpVectors(PUBLISHED_VECTORS));
  const publishedTest = published.length > 0 ? it.each(published) : it.skip.each([{ id: 'none' }]);
  publishedTest(
    'OICP-HBS-13 $id as published ($object) breaks at least the rules it is said to break',
    (vector) => {
      const { schema, body, violations = [] } = vector as (typeof published)[number];
      const found = violationsOf(schema, body);
      // Where a nested object is broken, zod does not judge the object around it.
      const named = violations.map(({ pointer }) => pointer);
      expect(found.every((pointer) => named.includes(pointer))).toBe(true);
      expect(found.length > 0).toBe(named.length > 0);
    },
  );
});
