import { hashSchema, instantSchema } from '@voltledger/contracts';
import { contentHash } from '@voltledger/platform';
import { z } from 'zod';
import { type TariffRow } from '../tables/tariffs';
import { anyTariff, writtenAs } from './tariff-format';

export const warningSchema = z.object({ field: z.string(), warning: z.string() });

/** One version of a tariff. `contentHash` is that of the canonical tariff, whatever the format. */
export const tariffAnswer = z.object({
  tariff: anyTariff,
  version: z.int().positive(),
  contentHash: hashSchema,
  withdrawnAt: instantSchema.optional(),
});

export const answerIn =
  (format: string) =>
  ({ tariff, version, withdrawnAt }: Omit<TariffRow, 'publishedAt'>) => ({
    ...{ tariff: writtenAs(format, tariff), version, contentHash: contentHash(tariff) },
    ...(withdrawnAt && { withdrawnAt }),
  });
