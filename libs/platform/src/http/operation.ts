import { HttpCode, SetMetadata, applyDecorators } from '@nestjs/common';
import { type z } from 'zod';
import { type Role } from './role';

/** What an operation is, for the guard and for the OpenAPI document. */
export interface OperationDescription {
  /** A short sentence: what it does. */
  readonly summary: string;
  /** What the summary cannot say. Markdown. */
  readonly description?: string;
  /** Who may; a viewer's operation is everybody's, and an admin may everything. */
  readonly roles: readonly Role[];
  readonly body?: z.ZodType;
  readonly query?: z.ZodObject;
  readonly params?: z.ZodObject;
  readonly response?: z.ZodType;
  /** Of the successful answer. Default 200. */
  readonly status?: number;
  /** Refusals worth telling: the `DomainError` codes this operation may answer. */
  readonly refusals?: readonly string[];
  /** The answer holds a secret: it is not kept for repeats with the same `Idempotency-Key`. */
  readonly answerIsSecret?: boolean;
}

export const OPERATION = Symbol('operation');

export const statusOf = ({ status }: OperationDescription): number => status ?? 200;

/** On each method of an `@OperatorApi` class, beside Nest's `@Get`, `@Post`, … */
export const Operation = (description: OperationDescription): MethodDecorator =>
  applyDecorators(SetMetadata(OPERATION, description), HttpCode(statusOf(description)));
