import { Get, Inject, Query } from '@nestjs/common';
import { cdrId, instantSchema, sessionId } from '@voltledger/contracts';
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
import { bookedText } from '../projections/ledger-text';
import {
  type LedgerLine,
  type LedgerPosition,
  ledgerLines,
  trialBalance,
} from '../projections/ledger.table';

const decimal = z.string().describe('Exact, with the digits of the currency.');
const line = z
  .object({
    bookedAt: instantSchema,
    entryId: z.uuid(),
    line: z.int(),
    kind: z.string(),
    eventId: z.string(),
    cdrId,
    sessionId,
    reverses: z.uuid().nullable().describe('The entry that this one takes back.'),
    account: z.string(),
    debit: decimal,
    credit: decimal,
    currency: z.string(),
  })
  .meta({ id: 'LedgerLine' });
const balance = z.object({
  account: z.string(),
  currency: z.string(),
  debit: decimal,
  credit: decimal,
  balance: decimal.describe('Debit less credit; over all accounts of a currency it is 0.'),
});

const linesQuery = pageQuery.extend({
  from: instantSchema.optional().describe('Booked then or later.'),
  to: instantSchema.optional().describe('Booked before.'),
  account: z.string().max(200).optional(),
  cdr: cdrId.optional(),
  session: sessionId.optional(),
});
const balanceQuery = z.object({
  until: instantSchema.optional().describe('Of what was booked before.'),
});
const cursor = z.tuple([instantSchema, z.uuid(), z.coerce.number().int().positive()]);

@OperatorApi('ledger')
export class LedgerController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get('lines')
  @Operation({
    summary: 'Lists postings by date and entry',
    roles: ['finance'],
    query: linesQuery,
    response: pageOf(line),
  })
  async lines(
    @Query(parsedBy(linesQuery)) query: z.output<typeof linesQuery>,
  ): Promise<Page<object>> {
    const { limit, after, cdr, session, ...filter } = query;
    const wanted = { ...filter, cdrId: cdr, sessionId: session };
    const rows = await ledgerLines(
      this.database,
      wanted,
      limit + 1,
      after === undefined ? after : positionOf(after),
    );
    return page(rows, limit, cursorOf, shown);
  }

  @Get('balance')
  @Operation({
    summary: 'Shows the balance of every account',
    roles: ['finance'],
    query: balanceQuery,
    response: z.object({ accounts: z.array(balance) }),
  })
  async balance(@Query(parsedBy(balanceQuery)) { until }: z.output<typeof balanceQuery>) {
    const accounts = await trialBalance(this.database, until);
    return {
      accounts: accounts.map(({ debitMicros, creditMicros, ...account }) => ({
        ...account,
        debit: bookedText(debitMicros, account.currency),
        credit: bookedText(creditMicros, account.currency),
        balance: bookedText(debitMicros - creditMicros, account.currency),
      })),
    };
  }
}

const cursorOf = ({ bookedAt, entryId, line: number }: LedgerLine): string =>
  [bookedAt, entryId, number].join('_');

function positionOf(after: string): LedgerPosition {
  const parsed = cursor.safeParse(after.split('_'));
  if (!parsed.success)
    throw new InvalidInput([{ field: 'after', rule: 'must be a `next` of ours' }]);
  const [bookedAt, entryId, number] = parsed.data;
  return { bookedAt, entryId, line: number };
}

const shown = ({ debitMicros, creditMicros, ...rest }: LedgerLine) => ({
  ...rest,
  debit: bookedText(debitMicros, rest.currency),
  credit: bookedText(creditMicros, rest.currency),
});
