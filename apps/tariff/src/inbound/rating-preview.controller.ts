import { Body, Inject, Post, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { type Tariff, ratingSchema } from '@voltledger/contracts';
import { type Clock } from '@voltledger/kernel';
import {
  CLOCK,
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { type Preview, PreviewRating } from '../commands/preview-rating';
import { CONFIG, type Config } from '../config';
import { tariffVersion } from '../tables/tariffs';
import { tariffUnknown } from './errors';
import { previewBody } from './preview-body';
import { warningSchema } from './tariff-answer';
import { formatQuery, tariffOf } from './tariff-format';

type Asked = z.output<typeof previewBody>;

@OperatorApi('tariffs/rate', 'tariffs')
export class RatingPreviewController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @Operation({
    summary: 'Prices a session that need not have happened, with the trace of every amount',
    roles: ['operator', 'finance'],
    query: formatQuery,
    body: previewBody,
    response: z.object({ rating: ratingSchema, warnings: z.array(warningSchema) }),
    refusals: ['TARIFF_UNKNOWN', 'TARIFF_INVALID'],
  })
  async rate(
    @Query(parsedBy(formatQuery)) { format }: z.output<typeof formatQuery>,
    @Body(parsedBy(previewBody)) body: Asked,
  ): Promise<Preview> {
    const tariff = await this.tariffOf(body, format);
    const { timeZone, timeline, reservation } = body;
    return this.queries.execute(new PreviewRating(tariff, timeZone, timeline, reservation));
  }

  private async tariffOf({ tariffId, tariff }: Asked, format: string): Promise<Tariff> {
    if (tariffId === undefined) {
      return tariffOf(tariff, format, this.config.TARIFF_PARTY, this.clock());
    }
    const row = await tariffVersion(this.database, tariffId);
    if (!row) throw tariffUnknown(tariffId);
    return row.tariff;
  }
}
