import { Body, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Location, locationId, locationSchema } from '@voltledger/contracts';
import { type Cause, type LocationId } from '@voltledger/kernel';
import {
  Operation,
  OperatorApi,
  type Page,
  type PageQuery,
  RequestCause,
  pageOf,
  pageQuery,
  parsedBy,
} from '@voltledger/platform';
import { type z } from 'zod';
import { SaveLocation } from '../commands/save-location';
import { LocationViews } from '../projections/location-views';
import { draftOf, locationBody, locationParams } from './location-body';

@OperatorApi('locations')
export class LocationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly locations: LocationViews,
  ) {}

  @Get()
  @Operation({
    summary: 'Lists locations',
    roles: ['viewer'],
    query: pageQuery,
    response: pageOf(locationSchema),
  })
  list(@Query(parsedBy(pageQuery)) query: PageQuery): Promise<Page<Location>> {
    return this.locations.list(query);
  }

  @Get(':locationId')
  @Operation({
    summary: 'Shows a location with its EVSEs and their status',
    roles: ['viewer'],
    params: locationParams,
    response: locationSchema,
    refusals: ['LOCATION_UNKNOWN'],
  })
  show(@Param('locationId', parsedBy(locationId)) id: LocationId): Promise<Location> {
    return this.locations.show(id);
  }

  @Put(':locationId')
  @Operation({
    summary: 'Writes a whole location with its EVSEs and connectors',
    description: 'An EVSE that is left out becomes REMOVED; partners are told.',
    roles: ['operator'],
    params: locationParams,
    body: locationBody,
    response: locationSchema,
    refusals: ['EVSE_ELSEWHERE', 'STATION_EVSE_TAKEN'],
  })
  save(
    @Param('locationId', parsedBy(locationId)) id: LocationId,
    @Body(parsedBy(locationBody)) body: z.output<typeof locationBody>,
    @RequestCause() cause: Cause,
  ): Promise<Location> {
    return this.commands.execute(new SaveLocation(draftOf(id, body), cause));
  }
}
