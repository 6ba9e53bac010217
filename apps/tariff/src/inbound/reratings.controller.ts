import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Cause, type Clock } from '@voltledger/kernel';
import {
  CLOCK,
  type Caller,
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  type Page,
  RequestCaller,
  RequestCause,
  page,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { JudgeRerating, RequestRerating } from '../commands/request-rerating';
import { CONFIG, type Config } from '../config';
import { differenceSummary, progressCounts } from '../tables/difference-summary';
import { listReratings, reratingById } from '../tables/reratings';
import { listDifferences } from '../tables/session-differences';
import { reratingUnknown } from './errors';
import { differenceAnswer } from './repricing-answers';
import { repricingBody, sessionsOf } from './repricing-body';
import { reratingAnswer, reratingHead, reratingHeadOf } from './rerating-answers';
import { formatQuery, tariffOf } from './tariff-format';

const TOP = 20;
const text = z.string().trim().min(1).max(1_000);
const reratingBody = repricingBody.safeExtend({ reason: text.describe('Why; finance keeps it.') });
const judgement = z.strictObject({ note: text });
const params = z.object({ reratingId: z.uuid() });
const listQuery = pageQuery.extend({ after: z.uuid().optional() });
const sessionsQuery = listQuery.extend({
  progress: z.enum(['due', 'published', 'refused', 'reissued', 'skipped']).optional(),
});
type ListQuery = z.output<typeof listQuery>;
type Judgement = z.output<typeof judgement>;
const id = () => Param('reratingId', parsedBy(z.uuid()));

@OperatorApi('tariffs/reratings', 'tariffs')
export class ReratingsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
  ) {}

  @Post()
  @Operation({
    summary: 'Rates sessions of a period anew by a corrected tariff; nothing is charged yet',
    description:
      'Without `tariffId` the sessions are those the tariff with the same id has priced. Once all ' +
      'are rated the differences can be looked at, and another key approves or rejects.',
    roles: ['finance'],
    query: formatQuery,
    body: reratingBody,
    response: z.object({ reratingId: z.uuid() }),
    status: 202,
    refusals: ['TARIFF_INVALID', 'TOO_MANY_SESSIONS'],
  })
  async request(
    @Query(parsedBy(formatQuery)) { format }: z.output<typeof formatQuery>,
    @Body(parsedBy(reratingBody)) { reason, ...body }: z.output<typeof reratingBody>,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<{ reratingId: string }> {
    const tariff = tariffOf(body.tariff, format, this.config.TARIFF_PARTY, this.clock());
    const asked = sessionsOf(body);
    const ofItself = asked.tariffId === undefined && asked.withoutPrice !== true;
    const sessions = ofItself ? { ...asked, tariffId: tariff.tariffId } : asked;
    const person = { by: caller.name, key: caller.keyId };
    const request = new RequestRerating(tariff, sessions, reason, person, cause);
    return { reratingId: await this.commands.execute(request) };
  }

  @Get()
  @Operation({
    summary: 'Lists re-ratings, the newest first',
    roles: ['viewer'],
    query: listQuery,
    response: pageOf(reratingHead),
  })
  async list(@Query(parsedBy(listQuery)) { limit, after }: ListQuery): Promise<Page<object>> {
    const rows = await listReratings(this.database, limit + 1, after);
    return page(rows, limit, ({ rerating }) => rerating.reratingId, reratingHeadOf);
  }

  @Get(':reratingId')
  @Operation({
    summary: 'Shows how far a re-rating is, what it changes, and what billing answered',
    roles: ['viewer'],
    params,
    response: reratingAnswer,
    refusals: ['RERATING_UNKNOWN'],
  })
  async show(@id() reratingId: string) {
    const row = await reratingById(this.database, reratingId);
    if (!row) throw reratingUnknown(reratingId);
    return {
      ...reratingHeadOf(row),
      tariff: row.rerating.tariff,
      ...(await differenceSummary(this.database, reratingId)),
      progress: await progressCounts(this.database, reratingId),
      changeMost: await listDifferences(this.database, reratingId, { limit: TOP }),
    };
  }

  @Get(':reratingId/sessions')
  @Operation({
    summary: 'Lists what a re-rating changes per session, those that change most first',
    roles: ['viewer'],
    params,
    query: sessionsQuery,
    response: pageOf(differenceAnswer),
  })
  async sessions(
    @id() reratingId: string,
    @Query(parsedBy(sessionsQuery)) { limit, ...filter }: z.output<typeof sessionsQuery>,
  ): Promise<Page<object>> {
    const rows = await listDifferences(this.database, reratingId, {
      ...{ ...filter, limit: limit + 1 },
    });
    return page(
      rows,
      limit,
      ({ sessionId }) => sessionId,
      (row) => row,
    );
  }

  @Post(':reratingId/approval')
  @Operation({
    summary: 'Approves a re-rating, with another key than the one that asked for it',
    description: 'Each changed session is credited and charged anew, or the answer says why not.',
    roles: ['finance'],
    params,
    body: judgement,
    status: 204,
    refusals: ['RERATING_UNKNOWN', 'RERATING_NOT_COMPUTED', 'SAME_EYES'],
  })
  approve(
    @id() reratingId: string,
    @Body(parsedBy(judgement)) { note }: Judgement,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<void> {
    const person = { by: caller.name, key: caller.keyId };
    return this.commands.execute(new JudgeRerating(reratingId, 'approve', note, person, cause));
  }

  @Post(':reratingId/rejection')
  @Operation({
    summary: 'Rejects a re-rating, or stops it before it is computed: nothing is charged by it',
    roles: ['finance'],
    params,
    body: judgement,
    status: 204,
    refusals: ['RERATING_UNKNOWN', 'RERATING_NOT_COMPUTED'],
  })
  reject(
    @id() reratingId: string,
    @Body(parsedBy(judgement)) { note }: Judgement,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<void> {
    const person = { by: caller.name, key: caller.keyId };
    return this.commands.execute(new JudgeRerating(reratingId, 'reject', note, person, cause));
  }
}
