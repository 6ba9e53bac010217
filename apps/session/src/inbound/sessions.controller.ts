import { Body, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { instantSchema, sessionId, tokenRefSchema } from '@voltledger/contracts';
import {
  type Cause,
  type Clock,
  DomainError,
  type SessionId,
  plusMillis,
} from '@voltledger/kernel';
import {
  CLOCK,
  type Caller,
  DATABASE,
  type Database,
  Operation,
  OperatorApi,
  type Page,
  RequestCaller,
  RequestCause,
  derivedUuid,
  page,
  pageOf,
  pageQuery,
  parsed,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import { OperatorStart } from '../commands/operator-start';
import { RequestStop } from '../commands/request-stop';
import { CONFIG, type Config } from '../config';
import { type StoredSession, listSessions, sessionById } from '../projections/session-list';
import { type SessionAnswer, answerOf, sessionAnswer } from './session-answer';

const listQuery = pageQuery.extend({
  status: z.enum(['active', 'ended', 'estimated']).optional(),
  stationId: z.string().max(255).optional(),
  tokenUid: z.string().max(255).optional(),
});
const cursor = z.tuple([instantSchema, sessionId]);
const startBody = z.strictObject({
  evseUid: z.string().min(1).max(36).optional(),
  stationId: z.string().min(1).max(255).optional(),
  stationEvse: z.int().positive().optional(),
  connectorId: z.string().min(1).max(36).optional(),
  token: tokenRefSchema,
});
const where = z.union(
  [
    z.object({ evseUid: z.string() }),
    z.object({ stationId: z.string(), stationEvse: z.int().optional() }),
  ],
  'needs evseUid, or stationId and where the station has several EVSEs stationEvse',
);
const started = z.object({ startId: z.uuid() });
const stopAnswer = z.object({ commandId: z.uuid() });

@OperatorApi('sessions')
export class SessionsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists charging sessions, the latest first',
    roles: ['viewer'],
    query: listQuery,
    response: pageOf(sessionAnswer),
  })
  async list(
    @Query(parsedBy(listQuery)) { limit, after, ...filter }: z.output<typeof listQuery>,
  ): Promise<Page<SessionAnswer>> {
    const last = after === undefined ? undefined : parsed(cursor, after.split(' '), 'after');
    const rows = await listSessions(
      this.database,
      { ...filter, ...(last && { after: { startedAt: last[0], sessionId: last[1] } }) },
      limit + 1,
    );
    return page(rows, limit, cursorOf, answerOf);
  }

  @Get(':sessionId')
  @Operation({
    summary: 'Shows a charging session with what it has drawn and cost so far',
    roles: ['viewer'],
    params: z.object({ sessionId }),
    response: sessionAnswer,
    refusals: ['SESSION_UNKNOWN'],
  })
  async show(@Param('sessionId', parsedBy(sessionId)) id: SessionId): Promise<SessionAnswer> {
    const row = await sessionById(this.database, id);
    if (!row) throw new DomainError('SESSION_UNKNOWN', 'There is no such session.', { id });
    return answerOf(row);
  }

  @Post()
  @Operation({
    summary: 'Asks a station to start a session for a known token',
    description: 'What became of it stands under `/api/v1/starts/{startId}`.',
    roles: ['operator'],
    body: startBody,
    response: started,
    status: 202,
    refusals: ['TOKEN_UNKNOWN', 'TOKEN_BLOCKED', 'EVSE_UNKNOWN'],
  })
  async start(
    @Body(parsedBy(startBody)) body: z.output<typeof startBody>,
    @RequestCause() cause: Cause,
  ): Promise<z.output<typeof started>> {
    const place = parsed(where, body, '(body)');
    const command = new OperatorStart(place, body.connectorId, body.token, cause);
    return { startId: await this.commands.execute(command) };
  }

  @Post(':sessionId/stop')
  @Operation({
    summary: 'Asks the station to end a session',
    description: 'The session goes on until the station itself reports its end.',
    roles: ['operator'],
    params: z.object({ sessionId }),
    response: stopAnswer,
    status: 202,
    refusals: ['SESSION_UNKNOWN', 'SESSION_NOT_ACTIVE'],
  })
  async stop(
    @Param('sessionId', parsedBy(sessionId)) id: SessionId,
    @RequestCaller() { name: by }: Caller,
    @RequestCause() cause: Cause,
  ): Promise<z.output<typeof stopAnswer>> {
    const commandId = derivedUuid('operator-stop', cause.causationId);
    const until = plusMillis(this.clock(), this.config.OPERATOR_COMMAND_SECONDS * 1_000);
    await this.commands.execute(new RequestStop({ commandId, sessionId: id, by, until }, cause));
    return { commandId };
  }
}

const cursorOf = ({ started_at, session_id }: StoredSession): string =>
  `${started_at ?? ''} ${session_id}`;
