import {
  Controller,
  SetMetadata,
  UseGuards,
  UseInterceptors,
  applyDecorators,
} from '@nestjs/common';
import { ApiKeyGuard } from './api-key.guard';
import { IdempotencyInterceptor } from './idempotency.interceptor';

export const OPERATOR_API_PREFIX = 'api/v1';
export const OPERATOR_API = Symbol('operator-api');

/**
 * A controller of the operator API at `/api/v1/<path>`: keys with roles, idempotent commands,
 * documented in `/api/openapi.json` under the tag (the first segment of the path).
 * Every method needs an `@Operation`; the process does not start without.
 */
export const OperatorApi = (path: string, tag = path.split('/')[0] ?? path): ClassDecorator =>
  applyDecorators(
    Controller(`${OPERATOR_API_PREFIX}/${path}`),
    SetMetadata(OPERATOR_API, tag),
    UseGuards(ApiKeyGuard),
    UseInterceptors(IdempotencyInterceptor),
  );
