import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { type ServiceDefinition } from '../service';
import { ApiKeyGuard } from './api-key.guard';
import { ApiKeys } from './api-keys';
import { httpStatusesOf } from './http-statuses';
import { IdempotencyExpiryWorker } from './idempotency-expiry.worker';
import { IdempotencyRecords } from './idempotency-records';
import { HTTP_STATUSES, IdempotencyInterceptor } from './idempotency.interceptor';
import { KeysController } from './keys.controller';
import { API_VERSION, OpenApiController } from './openapi.controller';
import { ParkedMessagesController } from './parked-messages.controller';
import { ProblemFilter } from './problem.filter';

/**
 * The operator API's edge, once per process. Needs `DATABASE`, `MESSAGE_BUS`, `CLOCK`, `SCOPE` and the telemetry
 * module everywhere, and the tables of `edgeMigrations`.
 */
@Module({})
export class EdgeModule {
  /** @throws Error when two services give one refusal different statuses. */
  static forServices(
    services: readonly Pick<ServiceDefinition, 'name' | 'httpStatuses'>[],
    version = '1',
  ): DynamicModule {
    const statuses = httpStatusesOf(services);
    return {
      module: EdgeModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [KeysController, ParkedMessagesController, OpenApiController],
      providers: [
        { provide: HTTP_STATUSES, useValue: statuses },
        { provide: API_VERSION, useValue: version },
        { provide: APP_FILTER, useClass: ProblemFilter },
        ApiKeys,
        ApiKeyGuard,
        IdempotencyRecords,
        IdempotencyInterceptor,
        IdempotencyExpiryWorker,
      ],
      exports: [HTTP_STATUSES, ApiKeys, ApiKeyGuard, IdempotencyRecords, IdempotencyInterceptor],
    };
  }
}
