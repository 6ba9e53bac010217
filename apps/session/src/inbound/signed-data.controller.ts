import { Get, Header, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { sessionId } from '@voltledger/contracts';
import { type Cause, type SessionId } from '@voltledger/kernel';
import { Operation, OperatorApi, RequestCause, parsedBy } from '@voltledger/platform';
import { z } from 'zod';
import { ExamineSignedData } from '../commands/examine-signed-data';
import { ExportSignedData } from '../commands/export-signed-data';

const params = z.object({ sessionId });
const examined = z.object({
  examined: z.int().describe('Records looked at.'),
  changed: z.int().describe('Verdicts that are others now.'),
});

/** What a driver can prove, and what we make of it. */
@OperatorApi('sessions')
export class SignedDataController {
  constructor(private readonly commands: CommandBus) {}

  @Get(':sessionId/signed-data')
  @Header('content-type', 'application/xml; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="signed-data.xml"')
  @Operation({
    summary: 'The signed records of a session, as a file for the transparency software',
    roles: ['viewer'],
    params,
    refusals: ['SESSION_UNKNOWN', 'NO_SIGNED_DATA'],
  })
  export(@Param('sessionId', parsedBy(sessionId)) id: SessionId): Promise<string> {
    return this.commands.execute(new ExportSignedData(id));
  }

  @Post(':sessionId/signed-data/examine')
  @Operation({
    summary: 'Examines the signed records anew, with the keys registered now',
    description: 'A verdict that is another now is an event; a CDR held for the old one follows.',
    roles: ['operator'],
    params,
    response: examined,
    refusals: ['SESSION_UNKNOWN'],
  })
  examine(
    @Param('sessionId', parsedBy(sessionId)) id: SessionId,
    @RequestCause() cause: Cause,
  ): Promise<z.output<typeof examined>> {
    return this.commands.execute(new ExamineSignedData(id, cause));
  }
}
