import { Get, Inject, Query } from '@nestjs/common';
import { instantSchema, stationEvents } from '@voltledger/contracts';
import {
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  type Page,
  page,
  pageOf,
  pageQuery,
  parsed,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { type KeptOrphan, listOrphans } from '../tables/orphan-ends';

const orphanAnswer = z.object({
  id: z.string(),
  receivedAt: instantSchema,
  report: stationEvents.events.OrphanTransactionEnded,
});
const cursor = z.tuple([instantSchema, z.string()]);

@OperatorApi('orphan-ends', 'sessions')
export class OrphansController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get()
  @Operation({
    summary: 'Lists ends of transactions that fit no session, the latest first',
    description: 'Kept whole, for somebody to find out where they belong (OCPP-1.6-TX-07).',
    roles: ['viewer'],
    query: pageQuery,
    response: pageOf(orphanAnswer),
  })
  async list(
    @Query(parsedBy(pageQuery)) { limit, after }: z.output<typeof pageQuery>,
  ): Promise<Page<KeptOrphan>> {
    const last = after === undefined ? undefined : parsed(cursor, after.split(' '), 'after');
    const from = last && { receivedAt: last[0], id: last[1] };
    const rows = await listOrphans(this.database, from, limit + 1);
    return page(
      rows,
      limit,
      ({ receivedAt, id }) => `${receivedAt} ${id}`,
      (orphan) => orphan,
    );
  }
}
