import { Get, Param, Query } from '@nestjs/common';
import { instantSchema, stationId } from '@voltledger/contracts';
import { type StationId } from '@voltledger/kernel';
import {
  Operation,
  OperatorApi,
  type Page,
  type PageQuery,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { z } from 'zod';
import {
  type CallView,
  type NoticeView,
  StationHistory,
  type VariableView,
  callView,
  noticeView,
  variableView,
} from '../projections/station-history';
import { StationViews } from '../projections/station-views';
import { stationParams } from './station-body';

const noticeQuery = pageQuery.extend({ after: z.coerce.number().int().positive().optional() });
const callQuery = pageQuery.extend({ after: instantSchema.optional() });

@OperatorApi('stations/:stationId', 'stations')
export class StationHistoryController {
  constructor(
    private readonly stations: StationViews,
    private readonly history: StationHistory,
  ) {}

  @Get('notices')
  @Operation({
    summary: 'Lists boots, security events, status messages and orphans, newest first',
    roles: ['viewer'],
    params: stationParams,
    query: noticeQuery,
    response: pageOf(noticeView),
    refusals: ['STATION_UNKNOWN'],
  })
  async notices(
    @Param('stationId', parsedBy(stationId)) id: StationId,
    @Query(parsedBy(noticeQuery)) { limit, after }: z.output<typeof noticeQuery>,
  ): Promise<Page<NoticeView>> {
    await this.stations.require(id);
    return this.history.notices(id, limit, after);
  }

  @Get('variables')
  @Operation({
    summary: 'Lists the device model as the station last reported it',
    roles: ['viewer'],
    params: stationParams,
    query: pageQuery,
    response: pageOf(variableView),
    refusals: ['STATION_UNKNOWN'],
  })
  async variables(
    @Param('stationId', parsedBy(stationId)) id: StationId,
    @Query(parsedBy(pageQuery)) { limit, after }: PageQuery,
  ): Promise<Page<VariableView>> {
    await this.stations.require(id);
    return this.history.variables(id, limit, after);
  }

  @Get('calls')
  @Operation({
    summary: 'Lists the calls sent to a station and what became of them, newest first',
    roles: ['viewer'],
    params: stationParams,
    query: callQuery,
    response: pageOf(callView),
    refusals: ['STATION_UNKNOWN'],
  })
  async calls(
    @Param('stationId', parsedBy(stationId)) id: StationId,
    @Query(parsedBy(callQuery)) { limit, after }: z.output<typeof callQuery>,
  ): Promise<Page<CallView>> {
    await this.stations.require(id);
    return this.history.calls(id, limit, after);
  }
}
