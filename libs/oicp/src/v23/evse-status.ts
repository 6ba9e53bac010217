import { type EvseStatus as OurStatus } from '@voltledger/contracts';
import { z } from 'zod';
import { ACTION_TYPES, type ActionType } from './evse-data.schema';
import { type OperatorProfile } from './operator-profile';
import { evseIdText, operatorIdText } from './scalars';

/** `EvseNotFound` is the broker's to say, never ours (OICP-STA-05). */
export const EVSE_STATUSES = [
  'Available',
  'Reserved',
  'Occupied',
  'OutOfService',
  'Unknown',
] as const;
export type EvseStatus = (typeof EVSE_STATUSES)[number];

/** Part 22.3. PLANNED and REMOVED EVSEs have no record at the broker, hence no status. */
const STATUSES: Readonly<Record<OurStatus, EvseStatus | undefined>> = {
  AVAILABLE: 'Available',
  BLOCKED: 'Occupied',
  CHARGING: 'Occupied',
  RESERVED: 'Reserved',
  INOPERATIVE: 'OutOfService',
  OUTOFORDER: 'OutOfService',
  UNKNOWN: 'Unknown',
  PLANNED: undefined,
  REMOVED: undefined,
};

/** @returns undefined for an EVSE the broker is not to know at all. */
export const evseStatusOf = (status: OurStatus): EvseStatus | undefined => STATUSES[status];

export const evseStatusRecord = z.strictObject({
  EvseID: evseIdText,
  EvseStatus: z.enum(EVSE_STATUSES),
});

export const evseStatusPush = z.strictObject({
  ActionType: z.enum(ACTION_TYPES),
  OperatorEvseStatus: z.strictObject({
    OperatorID: operatorIdText,
    OperatorName: z.string().min(1).max(100).optional(),
    EvseStatusRecord: z.array(evseStatusRecord),
  }),
});

export type EvseStatusRecord = z.output<typeof evseStatusRecord>;
export type EvseStatusPush = z.output<typeof evseStatusPush>;

/** @throws ZodError when the result breaks the 2.3 schema; that is our bug. */
export const evseStatusPushOf = (
  action: ActionType,
  statuses: readonly { evseId: string; status: EvseStatus }[],
  { operatorId, operatorName }: OperatorProfile,
): EvseStatusPush =>
  evseStatusPush.parse({
    ActionType: action,
    OperatorEvseStatus: {
      OperatorID: operatorId,
      OperatorName: operatorName,
      EvseStatusRecord: statuses.map(({ evseId, status }) => ({
        EvseID: evseId.toUpperCase(),
        EvseStatus: status,
      })),
    },
  });
