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
import { type ChargeRecordRow, ChargeRecords } from '../projections/charge-records';

const state = z.enum(['queued', 'delivered', 'refused']);

const chargeRecord = z.object({
  cdrId: z.string(),
  sessionId: z.string(),
  oicpSessionId: z.string(),
  providerId: z.string(),
  state,
  /** Hubject's code, or why we did not send it. */
  code: z.string().nullable(),
  detail: z.string().nullable(),
  issuedAt: z.string(),
  firstSentAt: z.string().nullable(),
  answeredAt: z.string().nullable(),
});

const filter = pageQuery.extend({ state: state.optional() });

@OperatorApi('oicp/charge-records')
export class ChargeRecordsController {
  constructor(@Inject(ChargeRecords) private readonly records: ChargeRecords) {}

  @Get()
  @Operation({
    summary: 'Lists the CDRs of Hubject partners and what became of them, newest first',
    description:
      'Hubject takes one CDR per session and no correction: credits and reissued CDRs are refused ' +
      'here, with the reason, and have to be settled with the partner.',
    roles: ['viewer'],
    query: filter,
    response: pageOf(chargeRecord),
  })
  async list(
    @Query(parsedBy(filter)) { limit, after, state: wanted }: z.output<typeof filter>,
  ): Promise<Page<ChargeRecordRow>> {
    const rows = await this.records.list({ state: wanted, after }, limit + 1);
    return page(
      rows,
      limit,
      ({ cdrId }) => cdrId,
      (row) => row,
    );
  }
}
