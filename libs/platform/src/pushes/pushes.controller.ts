import { Get, Inject, Param, Post, Query, type Type } from '@nestjs/common';
import { z } from 'zod';
import { Operation } from '../http/operation';
import { OperatorApi } from '../http/operator-api';
import { type Page, pageOf, pageQuery } from '../http/page-of';
import { parsedBy } from '../http/parsed-by';
import { DATABASE, type Database } from '../tokens';
import { PUSH_STATES } from './push';
import { PushQueue } from './push-queue';
import { type PushDetails, type PushRecord, PushRecords } from './push-records';

const time = z.string().describe('RFC 3339, UTC');
const record = z.object({
  id: z.string(),
  partner: z.string(),
  objectKey: z.string(),
  kind: z.string(),
  state: z.enum(PUSH_STATES),
  enqueuedAt: time,
  dueAt: time.optional(),
  attempts: z.int(),
  settledAt: time.optional(),
  reference: z.string().optional(),
  code: z.string().optional(),
  detail: z.string().optional(),
  supersededBy: z.string().optional(),
  correlationId: z.string(),
});
const attempt = z.object({
  at: time,
  outcome: z.enum(['delivered', 'refused', 'failed']),
  code: z.string().optional(),
  detail: z.string().optional(),
  answer: z.unknown(),
});
const details = record.extend({ payload: z.unknown(), history: z.array(attempt) });
const filter = pageQuery.extend({
  state: z.enum(PUSH_STATES).optional(),
  partner: z.string().max(255).optional(),
  objectKey: z.string().max(255).optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the `next` of a page')
    .optional(),
});
const pushId = z.string().min(1).max(255);
const params = z.object({ id: pushId });

export interface PushesControllerOptions {
  /** Below `/api/v1/`, such as `ocpi/pushes`. */
  readonly path: string;
  /** Of the service, such as `roaming_ocpi`. */
  readonly schema: string;
}

/** What an operator may do with pushes, whatever schema they are in. */
abstract class PushesOperations {
  constructor(
    private readonly queue: PushQueue,
    private readonly records: PushRecords,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists pushes, in the order they were enqueued',
    roles: ['viewer'],
    query: filter,
    response: pageOf(record),
  })
  list(@Query(parsedBy(filter)) query: z.output<typeof filter>): Promise<Page<PushRecord>> {
    return this.records.list(query);
  }

  @Get(':id')
  @Operation({
    summary: "Shows a push with the partner's answers",
    roles: ['viewer'],
    params,
    response: details,
  })
  show(@Param('id', parsedBy(pushId)) id: string): Promise<PushDetails> {
    return this.records.show(id);
  }

  @Post(':id/retry')
  @Operation({
    summary: 'Tries a push now: one that waits, or one that was refused',
    roles: ['operator', 'finance'],
    params,
    response: details,
    status: 202,
    refusals: ['PUSH_NOT_REFUSED', 'PUSH_OUTDATED'],
  })
  async retry(@Param('id', parsedBy(pushId)) id: string): Promise<PushDetails> {
    await this.queue.retry(id);
    return this.records.show(id);
  }
}

/** The operator API of one schema's pushes, for a service to mount among its controllers. */
export function pushesController({ path, schema }: PushesControllerOptions): Type {
  @OperatorApi(path)
  class PushesController extends PushesOperations {
    constructor(@Inject(DATABASE) database: Database) {
      super(new PushQueue(database, schema), new PushRecords(database, schema));
    }
  }
  return PushesController;
}
