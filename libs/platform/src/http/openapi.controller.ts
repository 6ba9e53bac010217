import { Controller, Get, Inject, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import { registeredRoutes } from './edge-adapter';
import { type JsonSchema } from './json-schema';
import { type DocumentedRoute, openApiDocument } from './openapi-document';
import { operationsOf } from './operations';
import { OPERATOR_API_PREFIX } from './operator-api';

export const API_VERSION = Symbol('ApiVersion');

/** The operator API in the words of its own schemas. */
@Controller('api')
export class OpenApiController implements OnApplicationBootstrap {
  private document: JsonSchema = {};

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly host: HttpAdapterHost,
    @Inject(API_VERSION) private readonly version: string,
  ) {}

  onApplicationBootstrap(): void {
    const operations = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (metatype ? operationsOf(metatype as never) : []));
    this.refuseUndocumented(operations);
    this.document = openApiDocument(operations, this.version);
  }

  @Get('openapi.json')
  show(): JsonSchema {
    return this.document;
  }

  /** A route under /api/v1 that is no operation has no guard either: better not to start. */
  private refuseUndocumented(operations: readonly DocumentedRoute[]): void {
    const known = new Set(operations.map(({ method, path }) => `${method} ${path}`));
    const open = registeredRoutes(this.host.httpAdapter)
      .filter(
        ({ method, path }) => path.startsWith(`/${OPERATOR_API_PREFIX}/`) && method !== 'HEAD',
      )
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !known.has(route));
    if (open.length > 0)
      throw new Error(`These routes belong to no @OperatorApi class: ${open.join(', ')}`);
  }
}
