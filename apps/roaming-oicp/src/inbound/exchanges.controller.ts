import { Get, Inject, Query } from '@nestjs/common';
import {
  Operation,
  OperatorApi,
  type Page,
  page,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { type Exchange, Exchanges } from '../projections/exchanges';

const exchange = z.object({
  exchangeId: z.int(),
  at: z.string(),
  direction: z.enum(['out', 'in']),
  operation: z.string(),
  path: z.string(),
  oicpSessionId: z.string().nullable(),
  status: z.int().nullable(),
  code: z.string(),
  succeeded: z.boolean(),
  processId: z.string().nullable(),
  durationMs: z.int(),
  correlationId: z.string().nullable(),
  request: z.unknown(),
  answer: z.unknown(),
});

const filter = pageQuery.extend({
  operation: z.string().max(64).optional(),
  oicpSessionId: z.string().max(36).optional(),
  failed: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  after: z.coerce.number().int().positive().optional(),
});

@OperatorApi('oicp/exchanges')
export class ExchangesController {
  constructor(@Inject(Exchanges) private readonly exchanges: Exchanges) {}

  @Get()
  @Operation({
    summary: 'Lists requests and answers between us and Hubject, newest first',
    description: 'Card and contract numbers are masked.',
    roles: ['viewer'],
    query: filter,
    response: pageOf(exchange),
  })
  async list(@Query(parsedBy(filter)) query: z.output<typeof filter>): Promise<Page<Exchange>> {
    const { limit, after, ...which } = query;
    const rows = await this.exchanges.list({ ...which, before: after }, limit + 1);
    return page(
      rows,
      limit,
      ({ exchangeId }) => String(exchangeId),
      (row) => row,
    );
  }
}
