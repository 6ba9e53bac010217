import { energySchema, instantSchema, tariffId, timeZoneSchema } from '@voltledger/contracts';
import { type MilliWattHours } from '@voltledger/kernel';
import { z } from 'zod';

const MILLI = 1_000;
/** Beyond any station; keeps milliwatts exact. */
const WATTS_MAX = 1_000_000_000;
const measured = z.number().min(0).max(WATTS_MAX).optional();

const segment = z
  .object({
    kind: z.enum(['CHARGING', 'PARKING', 'RESERVATION']),
    start: instantSchema,
    end: instantSchema,
    energy: energySchema.default(0 as MilliWattHours).describe('mWh, flowing evenly.'),
    power: measured.describe('Momentary watts.'),
    current: measured.describe('Momentary amperes, sum over the phases.'),
  })
  .transform(({ power, current, ...rest }) => ({
    ...rest,
    power: power === undefined ? undefined : Math.round(power * MILLI),
    current: current === undefined ? undefined : Math.round(current * MILLI),
  }));

type Segments = z.output<typeof segment>[];

/** A session to be priced, and the tariff: one of ours by its id, or one written out. */
export const previewBody = z.object({
  tariffId: tariffId.optional(),
  tariff: z.record(z.string(), z.unknown()).optional().describe('Written as `format` says.'),
  timeZone: timeZoneSchema,
  timeline: z
    .array(segment)
    .min(1)
    .max(10_000)
    .superRefine(followOn)
    .transform((segments) => segments as [Segments[number], ...Segments]),
  reservation: z.enum(['EXPIRED', 'USED']).default('USED'),
});

function followOn(segments: Segments, context: z.core.$RefinementCtx): void {
  segments.forEach(({ kind, start, end }, index) => {
    const before = segments[index - 1];
    const refuse = (field: string, message: string) => {
      context.addIssue({ code: 'custom', path: [index, field], message });
    };
    if (end < start) refuse('end', 'must not be before its start');
    if (before && before.end !== start) refuse('start', 'must be the end of the segment before');
    if (before && kind === 'RESERVATION' && before.kind !== kind)
      refuse('kind', 'must not be a reservation: the session has begun');
  });
}
