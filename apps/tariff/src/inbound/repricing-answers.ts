import { instantSchema, sessionId } from '@voltledger/contracts';
import { z } from 'zod';

const micros = z.int().describe("Millionths of the tariff's currency.");
const revenue = z.object({ beforeTaxes: micros, afterTaxes: micros });
const amounts = z.object({ beforeTaxes: micros, afterTaxes: micros.nullable() }).nullable();

/** What one session would cost, or does from now on. */
export const differenceAnswer = z
  .object({
    sessionId,
    startedAt: instantSchema,
    outcome: z
      .string()
      .describe(
        '`changed`, `same`, `first-price`, `not-for-it` (validity, type), `other-currency`.',
      ),
    was: amounts,
    becomes: amounts,
    progress: z
      .string()
      .nullable()
      .describe('Of a re-rating: `due`, `published`, `reissued`, `refused` or `skipped`.'),
    answer: z.looseObject({}).nullable().describe('The new CDR, or the code of a refusal.'),
  })
  .meta({ id: 'SessionDifference' });

export const summaryAnswer = z.object({
  outcomes: z.record(z.string(), z.int()),
  revenue: z.object({ was: revenue, becomes: revenue }),
  quantiles: z
    .array(z.object({ share: z.number(), change: micros }))
    .describe(
      'Change per session before taxes: this share of the sessions changes by at most so much.',
    ),
  histogram: z.array(z.object({ from: micros, sessions: z.int() })),
  highPowerSessions: z.int(),
});

/** A piece of work that goes on by itself. */
export const progressAnswer = z.object({ done: z.int(), total: z.int() });
