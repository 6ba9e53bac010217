import { Get, Inject, Param, Query } from '@nestjs/common';
import { instantSchema, sessionId } from '@voltledger/contracts';
import { type SessionId } from '@voltledger/kernel';
import {
  DATABASE,
  type Database,
  InvalidInput,
  Operation,
  OperatorApi,
  page,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { STAGES } from '../projections/story-entry';
import {
  type StoryLine,
  type StoryPlace,
  storyFacts,
  storyLines,
} from '../projections/story.table';
import { sessionUnknown } from './errors';

const line = z
  .object({
    recordedAt: instantSchema.describe('Our time. The story as of a moment ends here.'),
    occurredAt: instantSchema.describe('When it happened, by the word of who reports it.'),
    stage: z.enum(STAGES),
    type: z.string(),
    text: z.string(),
    details: z.array(z.string()).describe('What it rests on: frame, trace, tax lines, answer.'),
    messageId: z.string(),
    correlationId: z.string(),
  })
  .meta({ id: 'StoryLine' });
const answer = z.object({
  sessionId,
  at: instantSchema.optional(),
  facts: z.record(z.string(), z.string()).describe('How the session stood then.'),
  items: z.array(line),
  next: z.string().optional(),
});
const storyQuery = pageQuery.extend({
  at: instantSchema.optional().describe('As we knew it then; default: now.'),
});
const cursor = z.tuple([
  instantSchema,
  z.coerce.number().int().nonnegative(),
  z.coerce.number().int().positive(),
]);

@OperatorApi('sessions/:sessionId/story', 'sessions')
export class StoryController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @Get()
  @Operation({
    summary: 'Explains a session: from frame to posting, as of any moment',
    description:
      'What the station sent, what we made of it, price with its trace, CDR, what partners ' +
      'answered and what was posted, in one timeline. Tokens are shown by their last digits.',
    roles: ['viewer'],
    params: z.object({ sessionId }),
    query: storyQuery,
    response: answer,
    refusals: ['SESSION_UNKNOWN'],
  })
  async show(
    @Param('sessionId', parsedBy(sessionId)) id: SessionId,
    @Query(parsedBy(storyQuery)) { at, limit, after }: z.output<typeof storyQuery>,
  ) {
    const lines = await storyLines(this.database, id, at, limit + 1, placeOf(after));
    if (lines.length === 0 && after === undefined) throw sessionUnknown(id);
    const facts = await storyFacts(this.database, id, at);
    const shown = page(lines, limit, cursorOf, ({ place: _place, ...rest }) => rest);
    return { sessionId: id, ...(at && { at }), facts, ...shown };
  }
}

const cursorOf = ({ place: { recordedAt, rank, seq } }: StoryLine): string =>
  [recordedAt, rank, seq].join('_');

function placeOf(after: string | undefined): StoryPlace | undefined {
  if (after === undefined) return undefined;
  const parsed = cursor.safeParse(after.split('_'));
  if (!parsed.success)
    throw new InvalidInput([{ field: 'after', rule: 'must be a `next` of ours' }]);
  const [recordedAt, rank, seq] = parsed.data;
  return { recordedAt, rank, seq };
}
