import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { MetadataScanner } from '@nestjs/core';
import { type DocumentedRoute } from './openapi-document';
import { OPERATION, type OperationDescription } from './operation';
import { OPERATOR_API, OPERATOR_API_PREFIX } from './operator-api';

type Handler = (...parameters: never[]) => unknown;

/**
 * The operations of an `@OperatorApi` class; none of any other class.
 *
 * @throws Error when a method lacks its `@Operation`: nobody could ever call it.
 */
export function operationsOf(controller: {
  readonly prototype: object;
  readonly name: string;
}): DocumentedRoute[] {
  const tag = Reflect.getMetadata(OPERATOR_API, controller) as string | undefined;
  if (tag === undefined) return [];
  const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
  const methods = new MetadataScanner().getAllMethodNames(controller.prototype);
  return methods.flatMap((name) => {
    const handler = (controller.prototype as Record<string, Handler>)[name];
    const path = handler && (Reflect.getMetadata(PATH_METADATA, handler) as string | undefined);
    if (!handler || path === undefined) return [];
    const operation = Reflect.getMetadata(OPERATION, handler) as OperationDescription | undefined;
    if (!operation) throw new Error(`${controller.name}.${name} needs an @Operation`);
    const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
    return {
      method,
      path: joined(base, path),
      tag,
      operationId: operationIdOf(base, name),
      operation,
    };
  });
}

const joined = (base: string, path: string): string =>
  `/${[base, path]
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;

/** `ocpi/pushes` and `retry` are `ocpi.pushes.retry`; parameters do not count. */
const operationIdOf = (base: string, name: string): string =>
  [
    ...base
      .split('/')
      .slice(PREFIX_SEGMENTS)
      .filter((part) => !part.startsWith(':')),
    name,
  ].join('.');

const PREFIX_SEGMENTS = OPERATOR_API_PREFIX.split('/').length;
