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
import { type ListedEvse, Evses } from '../projections/evses';

const evse = z.object({
  evseId: z.string(),
  evseUid: z.string(),
  ourStatus: z.string(),
  /** What Hubject last acknowledged; null: nothing. */
  pushedStatus: z.string().nullable(),
  isPushed: z.boolean(),
  isCurrent: z.boolean(),
  problem: z.string().nullable(),
  refusal: z.string().nullable(),
  remarks: z.array(z.string()),
});

const filter = pageQuery.extend({
  withProblems: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});

@OperatorApi('oicp/evses')
export class EvsesController {
  constructor(@Inject(Evses) private readonly evses: Evses) {}

  @Get()
  @Operation({
    summary: 'Lists what Hubject knows of our EVSEs, and why it does not know some',
    roles: ['viewer'],
    query: filter,
    response: pageOf(evse),
  })
  async list(
    @Query(parsedBy(filter)) { limit, after, withProblems }: z.output<typeof filter>,
  ): Promise<Page<ListedEvse>> {
    const rows = await this.evses.list({ after, withProblems }, limit + 1);
    return page(
      rows,
      limit,
      ({ evseKey }) => evseKey,
      ({ evseKey: _key, ...shown }) => shown,
    );
  }
}
