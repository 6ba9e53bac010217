import { instantSchema, tariffSchema, timeZoneSchema } from '@voltledger/contracts';
import { z } from 'zod';

/** Beyond any session; keeps every figure exact. */
const NUMBER_MAX = 1_000_000_000;
const number = z.number().min(-NUMBER_MAX).max(NUMBER_MAX);

const segment = z.object({
  kind: z.enum(['CHARGING', 'PARKING', 'RESERVATION']),
  start: instantSchema,
  end: instantSchema,
  /** Flows evenly over the segment. */
  kwh: number.nullish(),
  /** Sum over the phases. */
  current_a: number.nullish(),
  power_kw: number.nullish(),
});

const chargingPeriod = z.object({
  start_date_time: instantSchema,
  dimensions: z.array(z.object({ type: z.string(), volume: number })),
});

const reservationOutcome = z.enum(['EXPIRED', 'USED']).nullish();

const timeline = z.object({
  timeline: z.array(segment).min(1).superRefine(followOn),
  reservation_outcome: reservationOutcome,
});

const givenPeriods = z.object({
  charging_periods: z.array(chargingPeriod).min(1).superRefine(inOrder),
  start_date_time: instantSchema,
  end_date_time: instantSchema,
  reservation_outcome: reservationOutcome,
});

const expected = z.record(z.string(), z.unknown()).optional();

const pricingCase = z.object({
  kind: z.literal('pricing'),
  versions: z.array(z.string()).optional(),
  time_zone: timeZoneSchema,
  /** One tariff per version, in that version's form. */
  tariff: z.record(z.string(), z.unknown()),
  session: z.looseObject({}).transform((session, context) => {
    const form = 'charging_periods' in session ? givenPeriods : timeline;
    const parsed = form.safeParse(session);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues)
      context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
    return z.NEVER;
  }),
  expected,
});

const selectionCase = z.object({
  kind: z.literal('selection'),
  versions: z.array(z.string()).optional(),
  tariffs: z.array(
    z.object({
      id: z.string().min(1),
      type: tariffSchema.shape.type.unwrap().nullish(),
      start_date_time: instantSchema.nullish(),
      end_date_time: instantSchema.nullish(),
    }),
  ),
  context: z.object({
    start: instantSchema,
    auth: z.string().min(1),
    profile_type: z.enum(['CHEAP', 'FAST', 'GREEN', 'REGULAR']).nullish(),
  }),
  expected,
});

/** A file in the form of the pricing vectors: what it costs, or which tariff applies. */
export const caseFile = z.discriminatedUnion('kind', [pricingCase, selectionCase]);

export type PricingCase = z.output<typeof pricingCase>;
export type SelectionCase = z.output<typeof selectionCase>;
export type Timeline = z.output<typeof timeline>;
export type GivenCase = z.output<typeof givenPeriods>;

type Context = z.core.$RefinementCtx;

function followOn(segments: z.output<typeof segment>[], context: Context): void {
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

function inOrder(periods: z.output<typeof chargingPeriod>[], context: Context): void {
  periods.forEach(({ start_date_time }, index) => {
    const before = periods[index - 1];
    if (before && before.start_date_time > start_date_time)
      context.addIssue({
        code: 'custom',
        path: [index, 'start_date_time'],
        message: 'must not be before the period before',
      });
  });
}
