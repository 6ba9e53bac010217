import { Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { sessionId } from '@voltledger/contracts';
import { Operation, OperatorApi, parsedBy } from '@voltledger/platform';
import { z } from 'zod';
import { ShowStart } from '../commands/show-start';

const startAnswer = z.object({
  status: z
    .enum(['requested', 'accepted', 'refused', 'expired', 'fulfilled'])
    .describe('`accepted` is the station’s promise; `fulfilled`: its transaction came.'),
  sessionId: sessionId.optional(),
});

@OperatorApi('starts', 'sessions')
export class StartsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':startId')
  @Operation({
    summary: 'Shows what became of a remote start',
    roles: ['viewer'],
    params: z.object({ startId: z.uuid() }),
    response: startAnswer,
    refusals: ['START_UNKNOWN'],
  })
  show(@Param('startId', parsedBy(z.uuid())) id: string): Promise<z.output<typeof startAnswer>> {
    return this.queries.execute(new ShowStart(id));
  }
}
