import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { sessionId } from '@voltledger/contracts';
import { type Cause, type SessionId } from '@voltledger/kernel';
import {
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
import { type Settled } from '../commands/settle-session';
import { type CdrHold, listHolds } from '../projections/cdr-holds.table';
import { byHand } from './by-hand';
import { heldAnswer, settledAnswer } from './cdr-answers';
import { Settlement } from './settlement';

const heldQuery = pageQuery.extend({
  after: sessionId.optional(),
  code: z.string().max(64).optional().describe('Held for this reason, such as `METER_ANOMALY`.'),
  requested: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .describe('Those whose release waits for approval, or those where nobody asked.'),
});
const note = z.strictObject({ note: z.string().trim().min(1).max(500) });

@OperatorApi('held-cdrs', 'cdrs')
export class HeldCdrsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly settlement: Settlement,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists what is held, why, and what to do; the longest held first',
    roles: ['viewer'],
    query: heldQuery,
    response: pageOf(heldAnswer),
  })
  async list(
    @Query(parsedBy(heldQuery)) { limit, ...filter }: z.output<typeof heldQuery>,
  ): Promise<Page<CdrHold>> {
    const rows = await listHolds(this.database, filter, limit + 1);
    return page(
      rows,
      limit,
      (hold) => hold.sessionId,
      (hold) => hold,
    );
  }

  @Post(':sessionId/release')
  @Operation({
    summary: 'Vouches for what is in doubt; the CDR is then judged anew',
    description:
      'Doubts about meter and clock are settled by this. What is missing (tariff, payer, place) ' +
      'stays missing: the answer is `held` again, with the reasons that remain. Above the limit ' +
      '(`BILLING_FOUR_EYES_LIMITS`) the answer is `awaiting-approval`: somebody with another key ' +
      'has to approve.',
    roles: ['finance'],
    params: z.object({ sessionId }),
    body: note,
    response: settledAnswer,
    refusals: ['SESSION_UNKNOWN', 'CDR_NOT_HELD', 'RELEASE_REQUESTED'],
  })
  release(
    @Param('sessionId', parsedBy(sessionId)) id: SessionId,
    @Body(parsedBy(note)) body: z.output<typeof note>,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<Settled> {
    return this.settlement.release(id, byHand(caller, body.note, cause));
  }

  @Post(':sessionId/approval')
  @Operation({
    summary: 'Approves of a release that somebody else asked for',
    description: 'With another key than the one that asked: four eyes.',
    roles: ['finance'],
    params: z.object({ sessionId }),
    body: note,
    response: settledAnswer,
    refusals: ['SESSION_UNKNOWN', 'NO_RELEASE_REQUESTED', 'SAME_EYES', 'RELEASE_OUTDATED'],
  })
  approve(
    @Param('sessionId', parsedBy(sessionId)) id: SessionId,
    @Body(parsedBy(note)) body: z.output<typeof note>,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<Settled> {
    return this.settlement.judgeRelease(id, 'approve', byHand(caller, body.note, cause));
  }

  @Post(':sessionId/refusal')
  @Operation({
    summary: 'Refuses or withdraws a release that was asked for; the CDR stays held',
    roles: ['finance'],
    params: z.object({ sessionId }),
    body: note,
    response: settledAnswer,
    refusals: ['SESSION_UNKNOWN', 'NO_RELEASE_REQUESTED'],
  })
  refuse(
    @Param('sessionId', parsedBy(sessionId)) id: SessionId,
    @Body(parsedBy(note)) body: z.output<typeof note>,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<Settled> {
    return this.settlement.judgeRelease(id, 'refuse', byHand(caller, body.note, cause));
  }
}
