import { z } from 'zod';
import { dateTime, list } from '../shared/primitives';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

const regularHours = z.strictObject({
  /** 1 is Monday, 7 is Sunday; local time. */
  weekday: z.int().min(1).max(7),
  period_begin: clockTime,
  period_end: clockTime,
});

const exceptionalPeriod = z.strictObject({ period_begin: dateTime, period_end: dateTime });

export const hours = z
  .strictObject({
    twentyfourseven: z.boolean(),
    regular_hours: list(regularHours),
    exceptional_openings: list(exceptionalPeriod),
    exceptional_closings: list(exceptionalPeriod),
  })
  .refine(
    ({ twentyfourseven, regular_hours }) => twentyfourseven !== (regular_hours ?? []).length > 0,
    'must have regular_hours exactly when twentyfourseven is false',
  );
