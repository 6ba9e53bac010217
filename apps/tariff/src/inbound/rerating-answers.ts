import {
  hashSchema,
  instantSchema,
  pastSessionsSchema,
  tariffId,
  tariffSchema,
} from '@voltledger/contracts';
import { z } from 'zod';
import { type ReratingRow } from '../tables/reratings';
import { differenceAnswer, progressAnswer, summaryAnswer } from './repricing-answers';

export const reratingHead = progressAnswer.extend({
  reratingId: z.uuid(),
  status: z
    .enum(['computing', 'computed', 'rejected', 'approved', 'published', 'settled'])
    .describe(
      '`computed`: to be approved. `published`: billing answers. `settled`: it has, for each.',
    ),
  tariffId,
  contentHash: hashSchema,
  sessions: pastSessionsSchema,
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: instantSchema,
  verdict: z.object({ by: z.string(), note: z.string(), at: instantSchema }).optional(),
});

/** A re-rating and all that came of it. */
export const reratingAnswer = reratingHead
  .extend({
    tariff: tariffSchema,
    ...summaryAnswer.shape,
    progress: z
      .record(z.string(), z.int())
      .describe('Sessions that are `due`, `published`, `reissued`, `refused` or `skipped`.'),
    changeMost: z.array(differenceAnswer),
  })
  .meta({ id: 'Rerating' });

export function reratingHeadOf({ rerating, done }: ReratingRow) {
  const { reratingId, status, tariff, contentHash, sessions, total } = rerating;
  const { reason, requestedBy, requestedAt, verdict } = rerating;
  return {
    ...{ reratingId, status, tariffId: tariff.tariffId, contentHash, sessions, total, done },
    ...{ reason, requestedBy, requestedAt, ...(verdict && { verdict }) },
  };
}
