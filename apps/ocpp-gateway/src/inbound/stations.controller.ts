import { Body, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type StationHome, stationHomeSchema, stationId } from '@voltledger/contracts';
import { type Cause, type StationId } from '@voltledger/kernel';
import {
  type Caller,
  Operation,
  OperatorApi,
  type Page,
  type PageQuery,
  RequestCaller,
  RequestCause,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { type z } from 'zod';
import { CallStation } from '../commands/call-station';
import { DeleteStation } from '../commands/delete-station';
import { MoveStation } from '../commands/move-station';
import { SaveStation } from '../commands/save-station';
import {
  type StationDetail,
  type StationView,
  stationDetail,
  stationView,
} from '../projections/station-view';
import { StationViews } from '../projections/station-views';
import {
  callAnswer,
  callBody,
  homeBody,
  settingsOf,
  stationBody,
  stationParams,
} from './station-body';

@OperatorApi('stations')
export class StationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly stations: StationViews,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists stations with their connection and last boot',
    roles: ['viewer'],
    query: pageQuery,
    response: pageOf(stationView),
  })
  list(@Query(parsedBy(pageQuery)) query: PageQuery): Promise<Page<StationView>> {
    return this.stations.list(query);
  }

  @Get(':stationId')
  @Operation({
    summary: 'Shows a station: connection, boot, connectors, open transactions',
    roles: ['viewer'],
    params: stationParams,
    response: stationDetail,
    refusals: ['STATION_UNKNOWN'],
  })
  show(@Param('stationId', parsedBy(stationId)) id: StationId): Promise<StationDetail> {
    return this.stations.show(id);
  }

  @Put(':stationId')
  @Operation({
    summary: 'Lets a station in, or changes how it may connect',
    roles: ['operator'],
    params: stationParams,
    body: stationBody,
    response: stationDetail,
    refusals: ['PASSWORD_MISSING', 'AUTHENTICATION_REQUIRED'],
  })
  async save(
    @Param('stationId', parsedBy(stationId)) id: StationId,
    @Body(parsedBy(stationBody)) body: z.output<typeof stationBody>,
  ): Promise<StationDetail> {
    await this.commands.execute(new SaveStation(id, settingsOf(body), body.password));
    return this.stations.show(id);
  }

  @Delete(':stationId')
  @Operation({
    summary: 'Lets a station in no more; what it did stays',
    roles: ['operator'],
    params: stationParams,
    status: 204,
    refusals: ['STATION_UNKNOWN'],
  })
  async remove(@Param('stationId', parsedBy(stationId)) id: StationId): Promise<void> {
    await this.commands.execute(new DeleteStation(id));
  }

  @Put(':stationId/home')
  @Operation({
    summary: 'Gives a station another home region',
    description:
      'Said in any cell, it holds in all of them as soon as they hear of it. The old cell closes ' +
      'the connection, lets the station in no more, and puts aside what it still reports.',
    roles: ['admin'],
    params: stationParams,
    body: homeBody,
    response: stationHomeSchema,
  })
  move(
    @Param('stationId', parsedBy(stationId)) id: StationId,
    @Body(parsedBy(homeBody)) body: z.output<typeof homeBody>,
    @RequestCaller() { name: by }: Caller,
    @RequestCause() cause: Cause,
  ): Promise<StationHome> {
    return this.commands.execute(new MoveStation(id, { ...body, by }, cause));
  }

  @Post(':stationId/calls')
  @Operation({
    summary: 'Sends an OCPP call to a station and returns its answer',
    description:
      'Any action of the version the station speaks; the payload is checked against the official ' +
      'schema first. Waits for the answer of the station.',
    roles: ['operator'],
    params: stationParams,
    body: callBody,
    response: callAnswer,
    refusals: [
      'STATION_UNKNOWN',
      'STATION_OFFLINE',
      'STATION_NOT_ACCEPTED',
      'ACTION_UNKNOWN',
      'PAYLOAD_INVALID',
      'CALL_TIMED_OUT',
      'CALL_OUTCOME_UNKNOWN',
      'CALL_QUEUE_FULL',
      'CALL_REFUSED',
      'ANSWER_INVALID',
    ],
  })
  async call(
    @Param('stationId', parsedBy(stationId)) id: StationId,
    @Body(parsedBy(callBody)) call: z.output<typeof callBody>,
  ): Promise<{ answer: unknown }> {
    return { answer: await this.commands.execute(new CallStation(id, call)) };
  }
}
