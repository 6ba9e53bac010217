import { evseSchema, locationId, locationSchema } from '@voltledger/contracts';
import { z } from 'zod';
import { type LocationDraft } from '../commands/save-location';

const FIXED = ['PLANNED', 'REMOVED'] as const;
const isFixed = (status: string): status is (typeof FIXED)[number] =>
  (FIXED as readonly string[]).includes(status);

const evseBody = evseSchema.omit({ status: true, updatedAt: true }).extend({
  status: z
    .string()
    .optional()
    .describe(
      '`PLANNED` or `REMOVED` hold until changed; everything else the station tells itself.',
    ),
});

/** A whole location as the operator describes it; its id is in the path. */
export const locationBody = locationSchema
  .omit({ locationId: true, evses: true, updatedAt: true })
  .extend({ evses: z.array(evseBody).max(500) });

export const locationParams = z.object({ locationId });

export function draftOf(
  id: z.output<typeof locationId>,
  { evses, ...detail }: z.output<typeof locationBody>,
): LocationDraft {
  return {
    detail: { ...detail, locationId: id },
    evses: evses.map(({ status, ...evse }) => ({
      detail: evse,
      ...(status !== undefined && isFixed(status) && { fixed: status }),
    })),
  };
}
