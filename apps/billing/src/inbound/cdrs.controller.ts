import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { cdrId, instantSchema, sessionId } from '@voltledger/contracts';
import { type Cause, type CdrId } from '@voltledger/kernel';
import {
  type Caller,
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  PERSONAL_DATA,
  type Page,
  type PersonalData,
  RequestCaller,
  RequestCause,
  page,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { type CdrRow, cdrById, listCdrs } from '../projections/cdrs.table';
import { byHand } from './by-hand';
import { answerFor, cdrAnswer, manualReason } from './cdr-answers';
import { cdrUnknown } from './errors';
import { Settlement } from './settlement';

const cdrQuery = pageQuery.extend({
  after: z.coerce.number().int().nonnegative().optional(),
  partner: z.string().min(1).max(64).optional().describe('As in `partner` of a CDR.'),
  session: sessionId.optional(),
  from: instantSchema.optional().describe('The session ended then or later.'),
  to: instantSchema.optional().describe('The session ended before.'),
  delivery: z.enum(['delivered', 'pending', 'rejected']).optional(),
});
const params = z.object({ cdrId });
const made = z.object({ cdrId });
type Reason = z.output<typeof manualReason>;

@OperatorApi('cdrs')
export class CdrsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(PERSONAL_DATA) private readonly personal: PersonalData,
    private readonly settlement: Settlement,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists CDRs and credits in the order they were issued',
    roles: ['viewer'],
    query: cdrQuery,
    response: pageOf(cdrAnswer),
  })
  async list(
    @Query(parsedBy(cdrQuery)) { limit, after, session, ...filter }: z.output<typeof cdrQuery>,
  ): Promise<Page<object>> {
    const wanted = { ...filter, sessionId: session };
    const rows = await this.personal.open(await listCdrs(this.database, wanted, limit + 1, after));
    return page(rows, limit, ({ seal }) => String(seal.sequence), answerFor);
  }

  @Get(':cdrId')
  @Operation({
    summary: 'Shows a CDR, its seal, and what partners made of it',
    roles: ['viewer'],
    params,
    response: cdrAnswer,
    refusals: ['CDR_UNKNOWN'],
  })
  async show(@Param('cdrId', parsedBy(cdrId)) id: CdrId) {
    return answerFor(await this.known(id));
  }

  @Post(':cdrId/credit')
  @Operation({
    summary: 'Takes a CDR back by a credit; none takes its place',
    roles: ['finance'],
    params,
    body: manualReason,
    response: made,
    status: 201,
    refusals: ['CDR_UNKNOWN', 'CDR_NOT_LIVE', 'CDR_DISPUTED'],
  })
  async credit(
    @Param('cdrId', parsedBy(cdrId)) id: CdrId,
    @Body(parsedBy(manualReason)) { reason }: Reason,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<{ cdrId: CdrId }> {
    const { cdr } = await this.known(id);
    const request = byHand(caller, reason, cause);
    return { cdrId: await this.settlement.credit(cdr.sessionId, cdr.cdrId, request) };
  }

  @Post(':cdrId/reissue')
  @Operation({
    summary: 'Issues a CDR anew from what is known today',
    description: 'A live CDR is credited in the same step; a credited one is replaced.',
    roles: ['finance'],
    params,
    body: manualReason,
    response: made,
    status: 201,
    refusals: ['CDR_UNKNOWN', 'CDR_NOT_LIVE', 'CDR_HELD', 'CDR_DISPUTED', 'NOTHING_TO_CORRECT'],
  })
  async reissue(
    @Param('cdrId', parsedBy(cdrId)) id: CdrId,
    @Body(parsedBy(manualReason)) { reason }: Reason,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<{ cdrId: CdrId }> {
    const { cdr } = await this.known(id);
    const request = byHand(caller, reason, cause);
    return { cdrId: await this.settlement.reissue(cdr.sessionId, cdr.cdrId, request) };
  }

  private async known(id: CdrId): Promise<CdrRow> {
    const row = await cdrById(this.database, id);
    if (!row) throw cdrUnknown(id);
    return this.personal.open(row);
  }
}
