import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { instantSchema, sessionId } from '@voltledger/contracts';
import { type Cause, type Clock } from '@voltledger/kernel';
import {
  CLOCK,
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
  SUBJECT_KEYS,
  type SubjectKeyring,
  derivedUuid,
  page,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { type Erasure, askErasure, erasureById, listErasures } from '../projections/erasures.table';
import { erasureOff, erasureUnknown } from './errors';

const wanted = z.strictObject({
  uid: z.string().min(1).max(255).describe('Of the token, as it is presented. It is kept sealed.'),
});
const reason = z.object({
  code: z.enum(['SESSION_OPEN', 'CDR_UNSETTLED', 'CDR_UNDELIVERED', 'DISPUTE_OPEN', 'RETENTION']),
  sessionId,
  until: instantSchema.optional().describe('The law asks for it until then.'),
});
const shown = z
  .object({
    erasureId: z.uuid(),
    state: z
      .enum(['waiting', 'erased', 'swept', 'completed'])
      .describe(
        '`waiting`: something about a session is open, see `reasons`. `erased`: the keys are ' +
          'destroyed, services look through their tables. `swept`: they look once more.',
      ),
    reasons: z.array(reason),
    ...{ askedBy: z.string(), askedAt: instantSchema },
    ...{ erasedAt: instantSchema.nullable(), completedAt: instantSchema.nullable() },
    sessions: z.int().describe('Sessions that the person had.'),
  })
  .meta({ id: 'Erasure' });
const params = z.object({ erasureId: z.uuid() });
const erasureQuery = pageQuery.extend({ after: z.uuid().optional() });

@OperatorApi('subjects/erasures')
export class ErasuresController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PERSONAL_DATA) private readonly personal: PersonalData,
    @Inject(SUBJECT_KEYS) private readonly keys: SubjectKeyring | undefined,
  ) {}

  @Post()
  @Operation({
    summary: 'Erases the holder of a token (GDPR Art. 17)',
    description:
      'Done at once when nothing about a session of that token is open; else as soon as that is ' +
      'so. CDRs and ledger stay, as amounts without a person. What partners were sent stays with ' +
      'them: ask them yourself.',
    roles: [],
    body: wanted,
    response: shown,
    status: 202,
    refusals: ['ERASURE_OFF'],
  })
  async erase(
    @Body(parsedBy(wanted)) { uid }: z.output<typeof wanted>,
    @RequestCaller() caller: Caller,
    @RequestCause() cause: Cause,
  ): Promise<object> {
    if (!this.keys) throw erasureOff();
    const erasureId = derivedUuid('erasure', cause.causationId);
    const asked: Erasure = {
      ...{ erasureId, state: 'waiting', personal: JSON.stringify([uid]), sessionIds: [] },
      ...{ reasons: [], askedBy: caller.name, askedAt: this.clock(), cause },
      ...{ erasedAt: null, completedAt: null },
    };
    await askErasure(this.database, await this.personal.seal(asked));
    return answer((await erasureById(this.database, erasureId)) ?? asked);
  }

  @Get()
  @Operation({
    summary: 'Lists erasures, the oldest first',
    roles: [],
    query: erasureQuery,
    response: pageOf(shown),
  })
  async list(
    @Query(parsedBy(erasureQuery)) { limit, after }: z.output<typeof erasureQuery>,
  ): Promise<Page<object>> {
    const rows = await listErasures(this.database, limit + 1, after);
    return page(rows, limit, ({ erasureId }) => erasureId, answer);
  }

  @Get(':erasureId')
  @Operation({
    summary: 'Shows how far an erasure is, and what it waits for',
    roles: [],
    params,
    response: shown,
    refusals: ['ERASURE_UNKNOWN'],
  })
  async show(@Param('erasureId', parsedBy(z.uuid())) id: string): Promise<object> {
    const erasure = await erasureById(this.database, id);
    if (!erasure) throw erasureUnknown(id);
    return answer(erasure);
  }
}

const answer = ({ personal: _sealed, cause: _cause, sessionIds, ...erasure }: Erasure) => ({
  ...erasure,
  sessions: sessionIds.length,
});
