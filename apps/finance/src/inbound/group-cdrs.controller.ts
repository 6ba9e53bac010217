import { Get, Inject, Query } from '@nestjs/common';
import { cdrId, instantSchema, regionName, sessionId } from '@voltledger/contracts';
import { type Currency, amountText } from '@voltledger/kernel';
import {
  DATABASE,
  type Database,
  InvalidInput,
  Operation,
  OperatorApi,
  type Page,
  page,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import {
  DOUBTS,
  type GroupCdr,
  type GroupCdrPosition,
  cellFigures,
  groupCdrs,
  turnover,
} from '../projections/group-figures';

const decimal = z.string().describe('Exact, in units of the currency.');
const cell = z.object({
  region: regionName,
  cdrs: z.int(),
  lastSequence: z.int().describe("Of the region's chain."),
  missing: z.int().describe('Links up to the last that have not arrived; 0: nothing is lost.'),
  broken: z.int().describe('Links whose hash is not that of the one before.'),
  doubted: z.int(),
  lastIssuedAt: instantSchema,
});
const amounts = z.object({
  region: regionName,
  currency: z.string(),
  cdrs: z.int(),
  beforeTaxes: decimal,
  afterTaxes: decimal,
});
const groupCdr = z.object({
  region: regionName,
  cdrId,
  sessionId,
  evseUid: z.string(),
  kind: z.enum(['issued', 'credit']),
  credits: cdrId.nullable(),
  currency: z.string(),
  afterTaxes: decimal,
  issuedAt: instantSchema,
  doubt: z.enum(DOUBTS).nullable().describe('Why it does not count.'),
});
const period = z.object({
  from: instantSchema.optional().describe('Issued then or later.'),
  to: instantSchema.optional().describe('Issued before.'),
});
const cdrsQuery = pageQuery.extend({
  region: regionName.optional(),
  doubted: z.enum(['true', 'false']).default('false').describe('Only those that do not count.'),
});
const cursor = z.tuple([instantSchema, regionName, cdrId]);

@OperatorApi('finance')
export class GroupCdrsController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get('cells')
  @Operation({
    summary: "Shows how much of each region's chain of CDRs has arrived, and whether it holds",
    roles: ['finance'],
    response: z.object({ cells: z.array(cell) }),
  })
  async cells() {
    return { cells: await cellFigures(this.database) };
  }

  @Get('turnover')
  @Operation({
    summary: 'Sums what counts, by region and currency',
    roles: ['finance'],
    query: period,
    response: z.object({ turnover: z.array(amounts) }),
  })
  async turnover(@Query(parsedBy(period)) query: z.output<typeof period>) {
    const sums = await turnover(this.database, query);
    return {
      turnover: sums.map(({ beforeTaxesMicros, afterTaxesMicros, ...sum }) => ({
        ...sum,
        beforeTaxes: shownAmount(beforeTaxesMicros, sum.currency),
        afterTaxes: shownAmount(afterTaxesMicros, sum.currency),
      })),
    };
  }

  @Get('cdrs')
  @Operation({
    summary: 'Lists the CDRs of all regions by issue date',
    roles: ['finance'],
    query: cdrsQuery,
    response: pageOf(groupCdr),
  })
  async cdrs(@Query(parsedBy(cdrsQuery)) query: z.output<typeof cdrsQuery>): Promise<Page<object>> {
    const { limit, after, region, doubted } = query;
    const filter = { region, doubted: doubted === 'true' };
    const from = after === undefined ? after : positionOf(after);
    const rows = await groupCdrs(this.database, filter, limit + 1, from);
    return page(rows, limit, cursorOf, shown);
  }
}

const shownAmount = (micros: number, currency: Currency): string =>
  amountText({ micros, currency });

const shown = ({ afterTaxesMicros, ...rest }: GroupCdr) => ({
  ...rest,
  afterTaxes: shownAmount(afterTaxesMicros, rest.currency),
});

const cursorOf = ({ issuedAt, region, cdrId: id }: GroupCdr): string =>
  [issuedAt, region, id].join(' ');

function positionOf(after: string): GroupCdrPosition {
  const parsed = cursor.safeParse(after.split(' '));
  if (!parsed.success)
    throw new InvalidInput([{ field: 'after', rule: 'must be a `next` of ours' }]);
  const [issuedAt, region, id] = parsed.data;
  return { issuedAt, region, cdrId: id };
}
