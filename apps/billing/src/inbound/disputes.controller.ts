import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  cdrId,
  disputeOutcome,
  instantSchema,
  moneySchema,
  sessionId,
} from '@voltledger/contracts';
import { type Cause } from '@voltledger/kernel';
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
import { cdrById } from '../projections/cdrs.table';
import { type Dispute, disputeById, listDisputes } from '../projections/disputes.table';
import { byHand } from './by-hand';
import { settledAnswer } from './cdr-answers';
import { cdrUnknown, disputeUnknown } from './errors';
import { Settlement } from './settlement';

const text = z.string().trim().min(1);
const opening = z.strictObject({
  cdrId,
  claimant: text.max(200).describe('Who does not want to pay: a partner, a case number. No name.'),
  claim: text.max(2_000),
  amount: moneySchema.optional().describe('What is not to be paid; absent: all of it.'),
});
const ending = z.strictObject({
  outcome: disputeOutcome.describe(
    '`rejected`, `withdrawn`: the CDR stands. `credited`: it is taken back. `reissued`: it is ' +
      'taken back and issued anew from what is known today.',
  ),
  note: text.max(500),
});
const shown = z
  .object({
    ...{ disputeId: z.string(), sessionId, cdrId, claimant: z.string(), claim: z.string() },
    amount: moneySchema.nullable(),
    ...{ openedBy: z.string(), openedAt: instantSchema, outcome: disputeOutcome.nullable() },
    ...{ note: z.string().nullable(), resolvedBy: z.string().nullable() },
    resolvedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Dispute' });
const disputeQuery = pageQuery.extend({
  after: z.uuid().optional(),
  open: z
    .enum(['true', 'false'])
    .transform((said) => said === 'true')
    .optional(),
  claimant: z.string().max(200).optional(),
  cdr: cdrId.optional(),
});
const params = z.object({ disputeId: z.uuid() });

@OperatorApi('disputes', 'cdrs')
export class DisputesController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly settlement: Settlement,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists disputes about CDRs, the oldest first',
    roles: ['viewer'],
    query: disputeQuery,
    response: pageOf(shown),
  })
  async list(
    @Query(parsedBy(disputeQuery)) { limit, cdr, ...filter }: z.output<typeof disputeQuery>,
  ): Promise<Page<Dispute>> {
    const rows = await listDisputes(this.database, { ...filter, cdrId: cdr }, limit + 1);
    return page(
      rows,
      limit,
      ({ disputeId }) => disputeId,
      (dispute) => dispute,
    );
  }

  @Post()
  @Operation({
    summary: 'Opens a dispute about a live CDR',
    description: 'Until it is resolved the CDR is neither credited nor replaced, by nobody.',
    roles: ['finance'],
    body: opening,
    response: z.object({ disputeId: z.string() }),
    status: 201,
    refusals: ['CDR_UNKNOWN', 'CDR_NOT_LIVE', 'CDR_DISPUTED', 'DISPUTED_BEYOND_CDR'],
  })
  async open(
    @Body(parsedBy(opening)) { cdrId: id, claim, ...who }: z.output<typeof opening>,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<{ disputeId: string }> {
    const row = await cdrById(this.database, id);
    if (!row) throw cdrUnknown(id);
    const { sessionId: session, cdrId: known } = row.cdr;
    const request = byHand(caller, claim, cause);
    return { disputeId: await this.settlement.dispute(session, known, who, request) };
  }

  @Post(':disputeId/resolution')
  @Operation({
    summary: 'Ends a dispute, with what follows for its CDR in the same step',
    roles: ['finance'],
    params,
    body: ending,
    response: settledAnswer,
    refusals: ['DISPUTE_UNKNOWN', 'DISPUTE_NOT_OPEN', 'CDR_HELD', 'NOTHING_TO_CORRECT'],
  })
  async resolve(
    @Param('disputeId', parsedBy(z.uuid())) id: string,
    @Body(parsedBy(ending)) { outcome, note }: z.output<typeof ending>,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<Settled> {
    const dispute = await disputeById(this.database, id);
    if (!dispute) throw disputeUnknown(id);
    return this.settlement.resolve(dispute, outcome, byHand(caller, note, cause));
  }
}
